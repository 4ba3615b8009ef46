import ArgumentParser
import Foundation
import Records
import Web

/// `dflab serve`.
struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Open the workspace in a browser.",
    discussion: """
      Prints an address with a token that lets one browser in, once. Pictures and videos can be \
      dropped, or their web addresses given, and scored, files verified, and datasets, runs and their \
      reports looked at. What is started in the browser is a command that this program carries out: one at a time, in the \
      order asked. It goes on when the browser is closed, and can be resumed in a terminal.

      Ctrl-C saves the running command and ends the server; the next 'dflab serve' resumes it and \
      continues the queue.

      Only this machine can reach the server, unless --host names another address. That requires a \
      password; traffic is not encrypted, so use it in networks that you trust.

      EXAMPLES
        dflab serve
        dflab serve --port 9000
        dflab serve --host 192.168.1.20 --password-file ~/.dflab-password

      EXIT CODES
        0    ended by Ctrl-C or termination
        1    error
        64   usage error
      """)

  @Option(help: "Port; 0 for any free one")
  var port: UInt16 = 8080

  @Option(help: ArgumentHelp("IP address of this machine to listen at", valueName: "address"))
  var host = "127.0.0.1"

  @Option(help: "File whose first line is a password for browsers and scripts", completion: .file())
  var passwordFile: String?

  @Option(help: "Maximum size of an upload or download, in MB")
  var maxUpload = 2048

  @Option(help: "Remove uploads after this many days")
  var keepUploads = 30

  @Flag(help: "Permit web addresses of this machine and its local networks")
  var allowLocalUrls = false

  @OptionGroup var workspaceOptions: WorkspaceOptions

  func validate() throws {
    try require(maxUpload, "--max-upload", in: 1...1_000_000)
    try require(keepUploads, "--keep-uploads", in: 1...36_500)
    guard passwordFile != nil || ["127.0.0.1", "::1"].contains(host) else {
      throw ValidationError(ServerError.openToOthers(host: host).description)
    }
  }

  func run() async throws {
    let workspace = try Workspace(named: workspaceOptions.workspace)
    let server = try LabServer(workspace, settings, program: Serve.program)
    let interruption = Interruption()
    let watch = SignalWatch(interruption)
    defer { withExtendedLifetime(watch) {} }
    try await server.run(interruption) { address in
      let terminal = Terminal()
      terminal.print("The lab is open at \(address)")
      terminal.warn("The address works once. Ctrl-C saves the running command and ends the server.")
    }
  }

  var settings: ServerSettings {
    get throws {
      var settings = ServerSettings()
      (settings.host, settings.port) = (host, port)
      settings.maxUpload = maxUpload << 20
      (settings.keptDays, settings.allowsLocalURLs) = (keepUploads, allowLocalUrls)
      settings.password = try passwordFile.map(Serve.password)
      return settings
    }
  }

  /// The path of this program.
  private static var program: String {
    Bundle.main.executablePath ?? CommandLine.arguments[0]
  }

  /// The first line of a file.
  private static func password(in path: String) throws -> String {
    let text = try RunFolder.contents(of: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let password = text.split(separator: "\n", omittingEmptySubsequences: false).first ?? ""
    guard password.count >= 8 else {
      throw ValidationError(
        "The first line of '\(path)' is not a password of at least 8 characters.")
    }
    return String(password)
  }
}
