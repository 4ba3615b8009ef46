import ArgumentParser
import Foundation
import Records
import Workflows

/// `dflab fetch`.
struct FetchFiles: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Download pictures and videos from the web.",
    discussion: """
      Downloads with curl, over http and https, and keeps only what is a picture or a video. If an \
      address leads to a page, and yt-dlp is installed, the page's video is downloaded.

      Addresses that lead to this machine or its local networks are refused, also after a \
      redirection or named by a page, unless --allow-local-urls is given. Without it, yt-dlp \
      starts no other programs, so that it cannot download what needs FFmpeg, such as some live \
      streams. Local files are never read.

      EXAMPLES
        dflab fetch https://example.org/clip.mp4 --out Datasets/clips
        dflab detect Datasets/clips

      OUTPUT
        OUT/NAME  one file for each address; a file of the same name is replaced

      EXIT CODES
        0    success
        1    error
        64   usage error
        130  interrupted by Ctrl-C
        143  terminated
      """)

  @Argument(help: ArgumentHelp("Addresses, http or https", valueName: "url"))
  var urls: [String]

  @Option(help: "Output folder", completion: .directory)
  var out: String

  @Option(help: "Maximum size of a file, in MB")
  var maxSize = 2048

  @Flag(help: "Permit addresses of this machine and its local networks")
  var allowLocalUrls = false

  @OptionGroup var outputOptions: OutputOptions

  func validate() throws {
    try require(maxSize, "--max-size", in: 1...1_000_000)
    _ = try addresses
  }

  private var addresses: [WebAddress] {
    get throws { try urls.map { try WebAddress($0) } }
  }

  func run() throws {
    try withInterruption { interruption in
      let terminal = Terminal()
      let fetch = Fetch(
        into: out, megabytes: maxSize, allowsLocal: allowLocalUrls, interruption: interruption
      ) { outputOptions.report($0) { show($0, terminal) } }
      let files = try fetch.files(of: addresses)
      if outputOptions.isJSON {
        try terminal.print(json: ["fetched": files])
      } else {
        for file in files { terminal.print(file) }
      }
      if files.count < urls.count, let code = interruption.exitCode { throw ExitCode(code) }
    }
  }

  private func show(_ event: FetchEvent, _ terminal: Terminal) {
    guard !outputOptions.isQuiet else { return }
    switch event {
    case .megabytes(let done, let all, let what):
      terminal.update("\(what)  \(done)\(all.map { " of \($0)" } ?? "") MB")
    case .looking(let what): terminal.update("Looking for the video in \(what)")
    }
  }
}
