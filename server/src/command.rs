//! The command line.

mod backend;
mod client;
mod program;
mod serving;

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use store::guard::damage::Damage;

use crate::serve::{Options, Remote};

/// Build and run AI agents: typed blocks, verified recipes, durable tasks. One binary, no other server, no key needed.
#[derive(Parser)]
#[command(name = "agent-lightning", version, after_help = AFTER_HELP)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: ServeArguments,
}

const AFTER_HELP: &str = "\
Exit codes: 0 done; 1 the program, test or task failed; 2 wrong usage or input; 3 no recipe fits and no model is connected; \
75 the data folder is in use by another process.

task, import, export and token ask the server that runs on the data folder, if there is one, or the one of --server.

Examples:
  agent-lightning                                 serve on 127.0.0.1:8051 and print a sign-in link
  agent-lightning task \"What is the 50th Fibonacci number?\"
  agent-lightning template etl-pipeline > etl.blocks
  agent-lightning run average.blocks --input 'items=[3, 4, 8]' --json
  agent-lightning test . --coverage --junit results.xml
  agent-lightning generate average.blocks --language python --project average";

#[derive(Subcommand)]
enum Command {
    /// Serve the app and the REST interface (the default).
    Serve(ServeArguments),
    /// Ask a task and wait for its answer.
    Task(TaskArguments),
    #[command(flatten)]
    Program(program::ProgramCommand),
    /// Import knowledge, a JSON array of entries as in .agent-knowledge/AGENT.json.
    Import(ImportArguments),
    /// Print all knowledge of an agent as a JSON array.
    Export(ExportArguments),
    /// Make tokens and sign-in links.
    Token(TokenArguments),
}

#[derive(Args, Clone)]
struct DataArguments {
    /// The data folder.
    #[arg(long, env = "AGENT_LIGHTNING_DATA", default_value = "data", global = true)]
    data: PathBuf,
    /// Go on where committed events are missing after damage to the disk.
    #[arg(long, global = true)]
    accept_loss: bool,
    /// Refuse writes below so many free bytes (default: the larger of 1 GiB and 5 % of the disk).
    #[arg(long, env = "AGENT_LIGHTNING_MIN_FREE", global = true)]
    min_free: Option<u64>,
    /// Keep at least so many events, and older ones for a day (default: 100,000).
    #[arg(long, env = "AGENT_LIGHTNING_KEEP_EVENTS", global = true)]
    keep_events: Option<u64>,
    /// A SurrealDB server (ws://…) in place of the data folder.
    #[arg(long, env = "AGENT_LIGHTNING_DATABASE", global = true)]
    database: Option<String>,
    /// A root user of that server.
    #[arg(long, env = "AGENT_LIGHTNING_DATABASE_USER", default_value = "root", global = true)]
    database_user: String,
    /// A model server with OpenAI's interface, for example http://localhost:11434/v1.
    #[arg(long, env = "AGENT_LIGHTNING_MODEL_URL", global = true)]
    model_url: Option<String>,
    /// The model's name, for example llama3.2.
    #[arg(long, env = "AGENT_LIGHTNING_MODEL", global = true)]
    model: Option<String>,
    /// That server's key.
    #[arg(long, env = "AGENT_LIGHTNING_MODEL_KEY", hide_env_values = true, global = true)]
    model_key: Option<String>,
    /// That user's password.
    #[arg(long, env = "AGENT_LIGHTNING_DATABASE_PASSWORD", default_value = "", hide_env_values = true, global = true)]
    database_password: String,
}

#[derive(Args, Clone)]
struct ServerArguments {
    /// Ask this server in place of the data folder's, for example http://10.0.0.5:8051.
    #[arg(long, env = "AGENT_LIGHTNING_SERVER", global = true)]
    server: Option<String>,
    /// A token for that server.
    #[arg(long, env = "AGENT_LIGHTNING_TOKEN", hide_env_values = true, global = true)]
    token: Option<String>,
}

#[derive(Args, Clone)]
struct ServeArguments {
    /// Where to listen.
    #[arg(long, env = "AGENT_LIGHTNING_LISTEN", default_value = "127.0.0.1:8051")]
    listen: SocketAddr,
    /// Open the sign-in page in the browser.
    #[arg(long)]
    open: bool,
    /// A token that is valid from the start, for headless use (at least 16 characters).
    #[arg(long, env = "AGENT_LIGHTNING_TOKEN", hide_env_values = true)]
    token: Option<String>,
    #[command(flatten)]
    data: DataArguments,
}

#[derive(Args)]
struct TaskArguments {
    /// The task in plain language.
    description: String,
    /// The agent, or auto.
    #[arg(long, default_value = "auto")]
    agent: String,
    /// The language of code in the answer.
    #[arg(long)]
    language: Option<String>,
    /// Print the task as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    server: ServerArguments,
    #[command(flatten)]
    data: DataArguments,
}

#[derive(Args)]
struct ImportArguments {
    /// The file.
    file: PathBuf,
    /// The agent that gets the items; the file's name if not given.
    #[arg(long)]
    agent: Option<String>,
    #[command(flatten)]
    server: ServerArguments,
    #[command(flatten)]
    data: DataArguments,
}

#[derive(Args)]
struct ExportArguments {
    /// The agent, or shared.
    #[arg(long)]
    agent: String,
    #[command(flatten)]
    server: ServerArguments,
    #[command(flatten)]
    data: DataArguments,
}

#[derive(Args)]
struct TokenArguments {
    #[command(subcommand)]
    command: TokenCommand,
    #[command(flatten)]
    server: ServerArguments,
    #[command(flatten)]
    data: DataArguments,
}

#[derive(Subcommand)]
enum TokenCommand {
    /// Make a token and print its secret.
    Create {
        /// What it is for.
        #[arg(default_value = "command line")]
        name: String,
    },
    /// Print a new sign-in link's path.
    SignIn,
}

impl ServeArguments {
    fn options(&self) -> Options {
        Options { listen: self.listen, open: self.open, token: self.token.clone(), ..self.data.options() }
    }
}

impl DataArguments {
    fn options(&self) -> Options {
        let remote = self.database.as_ref().map(|url| Remote {
            url: url.clone(),
            user: self.database_user.clone(),
            password: self.database_password.clone(),
        });
        Options {
            listen: SocketAddr::from(([127, 0, 0, 1], 8051)),
            data: self.data.clone(),
            open: false,
            accept_loss: self.accept_loss,
            min_free_bytes: self.min_free,
            keep_events: self.keep_events,
            damage: Damage::default(),
            remote,
            token: None,
            provider: self.model.as_ref().map(|model| model::ProviderDraft {
                name: "Environment".to_owned(),
                base_url: self.model_url.clone().unwrap_or_default(),
                model: model.clone(),
                key: self.model_key.clone().unwrap_or_default(),
                ..model::ProviderDraft::default()
            }),
        }
    }
}

/// Why a command ended without success; the number is the exit code.
pub(crate) struct Exit(u8);

impl Exit {
    pub(crate) const DONE: Self = Self(0);
    pub(crate) const FAILED: Self = Self(1);
    pub(crate) const USAGE: Self = Self(2);
    pub(crate) const NEEDS_MODEL: Self = Self(3);
    pub(crate) const UNWRITABLE: Self = Self(74);
    pub(crate) const LOCKED: Self = Self(75);
}

/// Runs the command line.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    end_plainly_without_output();
    if !matches!(cli.command, None | Some(Command::Serve(_))) {
        // `agent-lightning template | head` ends quietly, as other commands do. A server lives on when a reader goes.
        sigpipe::reset();
    }
    let exit = match cli.command {
        None => serving::serve(&cli.serve.options()),
        Some(Command::Serve(arguments)) => serving::serve(&arguments.options()),
        Some(Command::Task(arguments)) => serving::task(&arguments),
        Some(Command::Import(arguments)) => serving::import(&arguments),
        Some(Command::Export(arguments)) => serving::export(&arguments),
        Some(Command::Token(arguments)) => serving::token(&arguments),
        Some(Command::Program(command)) => program::main(&command),
    };
    ExitCode::from(exit.0)
}

/// What cannot be printed ends the command with a sentence, as it does for other commands, and not with a panic.
fn end_plainly_without_output() {
    let otherwise = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let said = panic.payload().downcast_ref::<String>().map(String::as_str).unwrap_or_default();
        if let Some(reason) = said.strip_prefix("failed printing to stdout: ") {
            // Where the errors go may be as full.
            let _ = writeln!(std::io::stderr(), "the output cannot be written: {reason}");
            std::process::exit(Exit::UNWRITABLE.0.into());
        }
        otherwise(panic);
    }));
}
