//! The program `khaldun`: everything is in the library part, so that tests can call it.

fn main() -> std::process::ExitCode {
    khaldun_cli::main(std::env::args_os())
}
