//! Fixture format and golden runner for the test suites (development only).
