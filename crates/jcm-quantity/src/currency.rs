//! Currencies: the code, the sign and how many decimal places a payment has.

/// A currency.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency {
    /// The three-letter code, such as `GBP`.
    pub code: String,
    /// The sign before a figure, such as `£`; the code again where the sign would not tell it from others.
    pub symbol: String,
    /// How many decimal places the smallest payable amount has.
    pub minor: u32,
}

/// Code, sign, places. A sign that several currencies share (`kr`) is not used.
const CURRENCIES: &[(&str, &str, u32)] = &[
    ("AUD", "A$", 2),
    ("BRL", "R$", 2),
    ("CAD", "C$", 2),
    ("CHF", "CHF", 2),
    ("CNY", "CNY", 2),
    ("CZK", "CZK", 2),
    ("DKK", "DKK", 2),
    ("EUR", "€", 2),
    ("GBP", "£", 2),
    ("HKD", "HK$", 2),
    ("ILS", "₪", 2),
    ("INR", "₹", 2),
    ("JPY", "¥", 0),
    ("KRW", "₩", 0),
    ("KWD", "KWD", 3),
    ("MXN", "MX$", 2),
    ("NOK", "NOK", 2),
    ("NZD", "NZ$", 2),
    ("PLN", "PLN", 2),
    ("SEK", "SEK", 2),
    ("SGD", "S$", 2),
    ("USD", "$", 2),
    ("ZAR", "ZAR", 2),
];

impl Currency {
    /// The currency of a three-letter code.
    pub fn named(code: &str) -> Option<Currency> {
        CURRENCIES.iter().find(|(known, ..)| *known == code).map(Currency::from_row)
    }

    /// The currency of a sign, such as `£`.
    pub fn of_symbol(symbol: &str) -> Option<Currency> {
        CURRENCIES.iter().find(|(_, known, _)| *known == symbol).map(Currency::from_row)
    }

    /// Whether the sign stands before the figure; otherwise the code stands after it.
    pub fn has_symbol(&self) -> bool {
        self.symbol != self.code
    }

    fn from_row(&(code, symbol, minor): &(&str, &str, u32)) -> Currency {
        Currency { code: code.to_string(), symbol: symbol.to_string(), minor }
    }
}
