import ArgumentParser
import Foundation
import Testing

@testable import dflab

@Suite struct HelpTests {
  /// Snapshots in the folder next to this file; `DFLAB_RECORD=1 swift test` writes them again.
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Snapshots")

  /// Every command, by its words joined with hyphens.
  private static var commands: [String: any ParsableCommand.Type] {
    var commands: [String: any ParsableCommand.Type] = ["dflab": DFLab.self]
    func add(_ group: any ParsableCommand.Type, _ words: [String]) {
      for command in group.configuration.subcommands {
        let words = words + [command._commandName]
        commands[words.joined(separator: "-")] = command
        add(command, words)
      }
    }
    add(DFLab.self, [])
    return commands
  }

  @Test(arguments: commands.keys.sorted())
  func helpIsAsRecorded(name: String) throws {
    let command = try #require(HelpTests.commands[name])
    let text = DFLab.helpMessage(for: command, columns: 100)
    let file = HelpTests.folder.appending(path: "\(name).txt")
    if ProcessInfo.processInfo.environment["DFLAB_RECORD"] == "1" {
      try Data(text.utf8).write(to: file)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
  }

  @Test func everySnapshotHasItsCommand() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: HelpTests.folder.path)
    #expect(Set(files) == Set(HelpTests.commands.keys.map { "\($0).txt" }))
  }
}
