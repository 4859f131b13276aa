//! The one thread that owns the texts: it applies edits in order, reads contracts, and hands out readings.

use crate::answers::{self, Opened};
use crate::disk::RealDisk;
use crate::documents::Document;
use crate::names::uri_of;
use crate::places::{Encoding, Places};
use jcm_ide::{Analysis, Date, Findings, Host, Project};
use jcm_source::FileId;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tower_lsp::Client;
use tower_lsp::ls_types::{Diagnostic, Uri};

/// What the desk is asked to do.
pub(crate) type Job = Box<dyn FnOnce(&mut Desk) + Send>;

/// How much a thread that reads contracts may nest.
const STACK: usize = 32 * 1024 * 1024;

/// A reading and the file in it that a question is about.
#[derive(Clone)]
pub(crate) struct View {
    pub(crate) analysis: Arc<Analysis>,
    pub(crate) file: FileId,
    pub(crate) encoding: Encoding,
}

impl View {
    pub(crate) fn places(&self) -> Places<'_> {
        Places::new(&self.analysis, self.encoding)
    }
}

/// Problems of a file on their way to the editor.
struct Publication {
    uri: Uri,
    diagnostics: Vec<Diagnostic>,
    version: Option<i32>,
}

/// What the thread owns.
pub(crate) struct Desk {
    host: Host,
    documents: BTreeMap<String, Document>,
    pub(crate) encoding: Encoding,
    /// Whether a text has changed since contracts were read.
    changed: bool,
    /// The texts that have changed since then.
    touched: BTreeSet<String>,
    /// Whether the editor asks for problems instead of being told.
    pub(crate) asks: bool,
    today: Date,
    /// What the editor was told of each file.
    published: BTreeMap<String, Vec<Diagnostic>>,
    outgoing: UnboundedSender<Publication>,
    background: Sender<(Project, Arc<Analysis>)>,
    retired: Sender<Vec<Arc<Analysis>>>,
}

/// Starts the desk, and gives the way to it.
pub(crate) fn start(client: Client, today: Date) -> Sender<Job> {
    let (jobs, queue) = channel::<Job>();
    let (outgoing, publications) = unbounded_channel();
    let (background, analyses) = channel();
    let (retired, old) = channel();
    tokio::spawn(publish(client, publications));
    let back = jobs.clone();
    spawn("jcm-examples", move || follow(&analyses, &back));
    spawn("jcm-retired", move || old.iter().for_each(drop::<Vec<Arc<Analysis>>>));
    let desk = Desk {
        host: host_on(today),
        documents: BTreeMap::new(),
        encoding: Encoding::Utf16,
        asks: false,
        today,
        changed: false,
        touched: BTreeSet::new(),
        published: BTreeMap::new(),
        outgoing,
        background,
        retired,
    };
    spawn("jcm-desk", move || desk.work(&queue));
    jobs
}

fn host_on(today: Date) -> Host {
    let mut host = Host::new(Box::new(RealDisk));
    host.set_today(today);
    host
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) {
    // Without a thread nothing can be served; the editor sees that requests are refused.
    let _ = thread::Builder::new().name(name.to_owned()).stack_size(STACK).spawn(work);
}

/// Sends problems to the editor in their order.
async fn publish(client: Client, mut publications: UnboundedReceiver<Publication>) {
    while let Some(Publication { uri, diagnostics, version }) = publications.recv().await {
        client.publish_diagnostics(uri, diagnostics, version).await;
    }
}

/// Works out examples and criteria of the newest reading of each contract, and then its advice, which takes longest; an
/// older reading of the same contract is passed over.
fn follow(analyses: &Receiver<(Project, Arc<Analysis>)>, back: &Sender<Job>) {
    let mut waiting: BTreeMap<Project, Arc<Analysis>> = BTreeMap::new();
    loop {
        let Some((project, newest)) = waiting.pop_first().or_else(|| analyses.recv().ok()) else { return };
        waiting.extend(analyses.try_iter());
        let newest = waiting.remove(&project).unwrap_or(newest);
        for find in [Analysis::all_diagnostics, Analysis::diagnostics_and_advice] {
            let found = catch_unwind(AssertUnwindSafe(|| find(&newest)));
            let told = newest.clone();
            if let Ok(found) = found
                && back.send(Box::new(move |desk| desk.followed(&told, &found))).is_err()
            {
                return;
            }
            waiting.extend(analyses.try_iter());
            if waiting.contains_key(&project) {
                break;
            }
        }
    }
}

impl Desk {
    fn work(mut self, queue: &Receiver<Job>) {
        while let Ok(first) = queue.recv() {
            self.run(first);
            // What has come meanwhile is done first, so that a burst of keys is read once.
            while let Ok(job) = queue.try_recv() {
                self.run(job);
            }
            if self.changed {
                self.safely(Self::read_and_publish);
            }
            // Giving memory back takes as long as a part of reading, and nobody waits for it on another thread.
            let _ = self.retired.send(self.host.retired());
        }
    }

    fn run(&mut self, job: Job) {
        self.safely(job);
    }

    /// Does something; if that fails in a way that nobody foresaw, everything is read anew and the desk goes on.
    fn safely(&mut self, work: impl FnOnce(&mut Self)) {
        if catch_unwind(AssertUnwindSafe(|| work(self))).is_err() {
            self.changed = false;
            let mut host = host_on(self.today);
            host.set_roots(self.host.roots().to_vec());
            for (name, document) in &self.documents {
                host.set_text(name, document.text.as_str());
            }
            self.host = host;
        }
    }

    pub(crate) fn set_roots(&mut self, roots: Vec<String>) {
        self.host.set_roots(roots);
    }

    pub(crate) fn open(&mut self, name: String, version: i32, text: String) {
        self.host.set_text(&name, text.as_str());
        self.touched.insert(name.clone());
        self.documents.insert(name, Document::new(version, text));
        self.changed = true;
    }

    pub(crate) fn change(
        &mut self,
        name: &str,
        version: i32,
        changes: Vec<tower_lsp::ls_types::TextDocumentContentChangeEvent>,
    ) {
        let Some(document) = self.documents.get_mut(name) else { return };
        document.change(changes, self.encoding);
        document.version = version;
        self.host.set_text(name, document.text.as_str());
        self.touched.insert(name.to_owned());
        self.changed = true;
    }

    pub(crate) fn close(&mut self, name: &str) {
        self.documents.remove(name);
        self.host.close(name);
        self.changed = true;
    }

    pub(crate) fn changed_on_disk(&mut self, names: &[String]) {
        for name in names {
            self.host.changed_on_disk(name);
        }
        self.changed = true;
    }

    /// The text of an open document.
    pub(crate) fn text(&self, name: &str) -> Option<Arc<str>> {
        self.host.text(name)
    }

    /// The reading that a file belongs to, as the texts stand now.
    pub(crate) fn view(&mut self, name: &str) -> Option<View> {
        let analysis = self.host.analysis(name);
        let file = analysis.file(name)?;
        Some(View { analysis, file, encoding: self.encoding })
    }

    /// What the editor has open.
    pub(crate) fn opened(&self) -> Opened {
        let text = |(name, document): (&String, &Document)| {
            (name.clone(), (Arc::from(document.text.as_str()), document.version))
        };
        Opened {
            roots: self.host.roots().to_vec(),
            texts: self.documents.iter().map(text).collect(),
            encoding: self.encoding,
            today: self.today,
        }
    }

    /// A reading for each contract of the open texts.
    pub(crate) fn every_analysis(&mut self) -> Vec<Arc<Analysis>> {
        self.projects().into_keys().map(|project| self.host.read(&project)).collect()
    }

    /// The contracts of the open texts, each with those of them that are told nothing by others.
    fn projects(&mut self) -> BTreeMap<Project, BTreeSet<String>> {
        let mut projects: BTreeMap<Project, BTreeSet<String>> = BTreeMap::new();
        let names: Vec<String> = self.documents.keys().cloned().collect();
        for name in names.into_iter().filter(|name| !name.starts_with(jcm_ide::LIBRARY)) {
            let project = self.host.project(&name);
            projects.entry(project).or_default().insert(name);
        }
        projects
    }

    fn read_and_publish(&mut self) {
        self.changed = false;
        if self.asks {
            return;
        }
        let touched = std::mem::take(&mut self.touched);
        let mut told = BTreeSet::new();
        for (project, names) in self.projects() {
            let analysis = self.host.read(&project);
            let mut found = analysis.diagnostics();
            if project.is_apart() {
                found.retain(|name, _| names.contains(name));
            }
            told.extend(found.keys().cloned());
            self.tell(&analysis, &found, &touched);
            if !project.is_apart() {
                // The thread that works out examples lives as long as this one.
                let _ = self.background.send((project, analysis));
            }
        }
        let gone: Vec<String> = self.published.keys().filter(|name| !told.contains(*name)).cloned().collect();
        for name in gone {
            self.published.remove(&name);
            self.send(&name, Vec::new());
        }
    }

    /// What examples and criteria have found counts if nothing has changed since.
    fn followed(&mut self, analysis: &Arc<Analysis>, found: &Findings) {
        let current =
            self.projects().into_keys().any(|project| Arc::ptr_eq(&self.host.read(&project), analysis));
        if current && !self.changed {
            self.tell(analysis, found, &BTreeSet::new());
        }
    }

    /// Tells the editor what is new, and of touched texts in any case, so that it knows that they were read.
    fn tell(&mut self, analysis: &Analysis, found: &Findings, touched: &BTreeSet<String>) {
        let places = Places::new(analysis, self.encoding);
        for (name, problems) in found.iter().filter(|(name, _)| !name.starts_with(jcm_ide::LIBRARY)) {
            let diagnostics: Vec<Diagnostic> =
                problems.iter().map(|problem| answers::diagnostic(&places, problem)).collect();
            let same = self.published.get(name).map_or(diagnostics.is_empty(), |known| *known == diagnostics);
            if !same || touched.contains(name) {
                self.published.insert(name.clone(), diagnostics.clone());
                self.send(name, diagnostics);
            }
        }
    }

    fn send(&self, name: &str, diagnostics: Vec<Diagnostic>) {
        if let Some(uri) = uri_of(name) {
            let version = self.documents.get(name).map(|document| document.version);
            // The editor may have gone; then nobody is to be told.
            let _ = self.outgoing.send(Publication { uri, diagnostics, version });
        }
    }
}
