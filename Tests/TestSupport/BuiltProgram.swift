public import Foundation

/// The built program, started in a folder of its own.
///
/// Without `--workspace`, a command takes the nearest workspace upwards from the current folder; started
/// in a test's folder, it never finds and changes that of the repository.
public struct BuiltProgram {
  private let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    .appending(path: "dflab")
  private let folder: TemporaryFolder

  public init(in folder: TemporaryFolder) { self.folder = folder }

  /// Starts a command; its standard error is discarded.
  ///
  /// - Parameter output: receives its standard output; nil discards it.
  public func start(_ words: [String], output: Pipe? = nil) throws -> Process {
    let process = Process()
    (process.executableURL, process.arguments) = (program, words)
    process.currentDirectoryURL = URL(filePath: folder.path)
    process.standardOutput = output ?? FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }
}
