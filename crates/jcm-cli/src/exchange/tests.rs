//! Exchanges that are interrupted at every stage, by a kill too, and those that run at once.
#![expect(clippy::disallowed_methods, reason = "a test makes and looks at the files that a user has")]

use super::*;
use std::process::{Command, Stdio};
use std::time::Duration;

fn write(folder: &Path, files: &[(&str, &str)]) -> Result<(), Failure> {
    let outputs: Vec<Output<'_>> =
        files.iter().map(|(name, text)| Output { name, bytes: text.as_bytes() }).collect();
    write_all_or_none(folder, &outputs, |_| Ok(()))
}

/// The names of what is in the folder, each with its text.
fn content(folder: &Path) -> Vec<(String, String)> {
    let mut content: Vec<(String, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| {
            (entry.file_name().into_string().unwrap(), fs::read_to_string(entry.path()).unwrap_or_default())
        })
        .collect();
    content.sort();
    content
}

fn is(folder: &Path, expected: &[(&str, &str)]) {
    let expected: Vec<(String, String)> =
        expected.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    assert_eq!(content(folder), expected);
}

fn message(result: Result<(), Failure>) -> String {
    result.unwrap_err().message().unwrap().to_owned()
}

#[test]
fn a_file_that_is_told_piece_by_piece_is_written_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let tell = |take: &mut dyn FnMut(&str)| (0..3000).for_each(|number| take(&format!("{number}\n")));
    let files = [("told".to_owned(), Content::Told(&tell)), ("there".to_owned(), Content::Bytes(b"1"))];
    write_told_all_or_none(folder.path(), &files, |_| Ok(())).unwrap();
    let told: String = (0..3000).map(|number| format!("{number}\n")).collect();
    is(folder.path(), &[("there", "1"), ("told", &told)]);
    let other = tempfile::tempdir().unwrap();
    fs::create_dir(other.path().join("there")).unwrap();
    write_told_all_or_none(other.path(), &files, |_| Ok(())).unwrap_err();
    is(other.path(), &[("there", "")]);
}

#[test]
fn files_are_replaced_and_nothing_else_is_left_behind() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("a", "1"), ("b", "1")]).unwrap();
    write(folder.path(), &[("a", "2"), ("b", "2")]).unwrap();
    is(folder.path(), &[("a", "2"), ("b", "2")]);
}

#[test]
fn if_one_file_cannot_be_written_the_others_stay_as_they_were() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("a", "1")]).unwrap();
    assert!(write(folder.path(), &[("a", "2"), ("b", "2"), ("no/such/folder", "2")]).is_err());
    is(folder.path(), &[("a", "1")]);
}

#[test]
fn a_folder_for_files_that_cannot_be_written_is_not_made() {
    let folder = tempfile::tempdir().unwrap();
    assert!(write(&folder.path().join("x/y"), &[("a", "1"), ("no/such/folder", "1")]).is_err());
    is(folder.path(), &[]);
}

#[test]
fn an_exchange_that_fails_half_way_is_undone() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("a", "1"), ("c", "1")]).unwrap();
    let exchange = Exchange::begin(folder.path()).unwrap();
    let names = ["a", "b", "c"].map(OsStr::new);
    for name in names {
        exchange.prepare(name, Content::Bytes(b"2")).unwrap();
    }
    fs::remove_file(exchange.staging.join(NEW).join("c")).unwrap();
    assert!(exchange.commit(&names).is_err());
    drop(exchange);
    is(folder.path(), &[("a", "1"), ("c", "1")]);
}

#[test]
fn of_files_for_several_folders_all_are_written_or_none() {
    let folder = tempfile::tempdir().unwrap();
    let of = |name: &str| folder.path().join(name);
    let never = |path: &Path| Err(Failure::of_path(path, "mine"));
    let always = |_: &Path| Ok(());
    fs::create_dir(of("c")).unwrap();
    fs::write(of("c/3"), "mine").unwrap();
    let write = |last: &str, rule: &dyn Fn(&Path) -> Result<(), Failure>| {
        let batches = ["a/1", "b/2", last].map(|name| Batch::of_one(&of(name), b"new", rule).unwrap());
        write_batches(&batches)
    };
    assert!(message(write("c/3", &never)).ends_with("mine"));
    is(folder.path(), &[("c", "")]);
    assert!(message(write("a/1", &always)).ends_with("two outputs have this name"));
    is(folder.path(), &[("c", "")]);
    write("c/3", &always).unwrap();
    for (place, name) in [("a", "1"), ("b", "2"), ("c", "3")] {
        is(&of(place), &[(name, "new")]);
    }
}

#[test]
fn the_next_run_finishes_an_exchange_that_had_begun_and_forgets_one_that_had_not() {
    for (marked, moved, expected) in [(false, 0, "1"), (true, 0, "2"), (true, 1, "2"), (true, 2, "2")] {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &[("a", "1"), ("b", "1")]).unwrap();
        let exchange = Exchange::begin(folder.path()).unwrap();
        let names = ["a", "b"].map(OsStr::new);
        for name in names {
            exchange.prepare(name, Content::Bytes(b"2")).unwrap();
        }
        if marked {
            exchange.mark().unwrap();
        }
        for name in names.iter().take(moved) {
            exchange.put_in_place(name).unwrap();
        }
        std::mem::forget(exchange);
        write(folder.path(), &[("c", "3")]).unwrap();
        is(folder.path(), &[("a", expected), ("b", expected), ("c", "3")]);
    }
}

#[test]
fn what_was_written_after_an_interrupted_run_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let exchange = Exchange::begin(folder.path()).unwrap();
    exchange.prepare(OsStr::new("a"), Content::Bytes(b"2")).unwrap();
    exchange.mark().unwrap();
    std::mem::forget(exchange);
    std::thread::sleep(Duration::from_millis(50));
    fs::write(folder.path().join("a"), "mine").unwrap();
    write(folder.path(), &[("c", "3")]).unwrap();
    is(folder.path(), &[("a", "mine"), ("c", "3")]);
}

/// Where the process that is to be killed writes.
const KILLED_IN: &str = "JCM_TEST_KILLED_IN";
const FILES: [&str; 12] = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];

fn write_every_file(folder: &Path, text: &str) {
    write(folder, &FILES.map(|name| (name, text))).unwrap();
}

#[test]
fn a_process_killed_at_any_moment_leaves_all_the_old_files_or_all_the_new_ones() {
    if let Some(folder) = std::env::var_os(KILLED_IN) {
        // It is killed long before; if its parent is gone, it ends by itself.
        (0..50_000).for_each(|run| write_every_file(Path::new(&folder), &run.to_string()));
        return;
    }
    let this = "exchange::tests::a_process_killed_at_any_moment_leaves_all_the_old_files_or_all_the_new_ones";
    let mut interrupted = 0;
    for try_ in 0..50 {
        let folder = tempfile::tempdir().unwrap();
        write_every_file(folder.path(), "before");
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", this])
            .env(KILLED_IN, folder.path())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        while fs::read(folder.path().join("a")).unwrap() == b"before" && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_micros(50));
        }
        std::thread::sleep(Duration::from_micros(try_ * 173));
        child.kill().unwrap();
        child.wait().unwrap();
        interrupted += usize::from(folder.path().join(STAGING).exists());

        write(folder.path(), &[("z", "next")]).unwrap();
        let mut left = content(folder.path());
        assert_eq!(left.pop(), Some(("z".to_owned(), "next".to_owned())));
        let names: Vec<&str> = left.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, FILES);
        assert!(left.iter().all(|(_, text)| *text == left[0].1), "try {try_}: {left:?}");
    }
    assert!(interrupted > 0, "no process was killed while it wrote");
}

#[test]
fn two_runs_at_once_write_one_after_the_other() {
    let folder = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        for writer in ["1", "2", "3", "4"] {
            let folder = folder.path();
            scope.spawn(move || (0..10).for_each(|_| write_every_file(folder, writer)));
        }
    });
    let left = content(folder.path());
    assert_eq!(left.len(), FILES.len());
    assert!(left.iter().all(|(_, text)| *text == left[0].1), "{left:?}");
}

#[test]
fn what_stands_in_the_way_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("a");
    fs::create_dir(&place).unwrap();
    assert!(
        message(write(folder.path(), &[("a", "1")])).ends_with("a folder of this name stands in the way")
    );
    fs::remove_dir(&place).unwrap();

    fs::write(&place, "0").unwrap();
    let mut permissions = fs::metadata(&place).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&place, permissions).unwrap();
    assert!(message(write(folder.path(), &[("a", "1")])).ends_with("this file is write-protected"));
    let below = write(&place.join("x"), &[("a", "1")]);
    assert!(message(below).ends_with("part of this path is a file, not a folder"));
    is(folder.path(), &[("a", "0")]);
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    #[test]
    fn a_link_to_a_file_stays_and_the_file_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        fs::write(&real, "1").unwrap();
        symlink("real", &link).unwrap();
        write_one(&link, b"2", |_| Ok(())).unwrap();
        assert!(link.is_symlink());
        is(folder.path(), &[("link", "2"), ("real", "2")]);

        let two = write(folder.path(), &[("link", "3"), ("other", "3")]);
        assert!(message(two).contains("a link of this name stands in the way"));
        fs::remove_file(&real).unwrap();
        assert!(
            message(write_one(&link, b"3", |_| Ok(()))).ends_with("this is a link that leads to no file")
        );
    }

    #[test]
    fn a_link_that_leads_to_no_folder_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("link");
        symlink("nowhere", &link).unwrap();
        for place in [link.clone(), link.join("below")] {
            let refused = message(write(&place, &[("a", "1")]));
            assert!(refused.ends_with("link: this is a link that leads to no folder"), "{refused}");
        }
        assert!(link.is_symlink());
    }

    #[test]
    fn a_link_to_a_folder_is_written_into() {
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        fs::create_dir(&real).unwrap();
        symlink("real", &link).unwrap();
        write(&link, &[("a", "1"), ("b", "1")]).unwrap();
        is(&real, &[("a", "1"), ("b", "1")]);
    }

    #[test]
    fn a_file_keeps_its_permissions() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a");
        fs::write(&file, "1").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        write_one(&file, b"2", |_| Ok(())).unwrap();
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn what_is_no_ordinary_file_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("a");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        assert!(message(write_one(&socket, b"1", |_| Ok(()))).contains("no ordinary file"));
    }
}
