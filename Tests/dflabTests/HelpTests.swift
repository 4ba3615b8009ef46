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
    let text = HelpText(of: command).text
    let file = HelpTests.folder.appending(path: "\(name).txt")
    if ProcessInfo.processInfo.environment["DFLAB_RECORD"] == "1" {
      try Data(text.utf8).write(to: file)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
  }

  @Test func descriptionsHang() {
    let list = "  OUT/faces.jsonl  one record per crop: " + String(repeating: "landmark ", count: 6)
    let example = "  dflab extract " + String(repeating: "holiday/portrait.jpg ", count: 4)
    #expect(
      HelpText(unwrapped: "OUTPUT\n\(list)and pose\n\(example)--out A").text == """
        OUTPUT
          OUT/faces.jsonl  one record per crop: landmark landmark landmark landmark
                           landmark landmark and pose
        \(example)--out A
        """)
  }

  @Test func defaultsHaveOneForm() {
    let option = "  --blend <blend>         Blending (values: feather, poisson; default: feather)"
    #expect(
      HelpText(unwrapped: option).text == """
          --blend <blend>         Blending (default: feather) (values: feather, poisson)
        """)
    #expect(HelpText(unwrapped: "Sharpening (default: 0.0)").text == "Sharpening (default: 0)")
  }

  @Test func onlyHelpIsLaidOut() throws {
    #expect { try DFLab.parseAsRoot(["swap", "--a", "x"]) } throws: { HelpText(of: $0) == nil }
    var help = try DFLab.parseAsRoot(["swap", "--help"])
    #expect {
      try help.run()
    } throws: {
      HelpText(of: $0)?.text == HelpText(of: Swap.self).text
    }
  }

  @Test func everySnapshotHasItsCommand() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: HelpTests.folder.path)
    #expect(Set(files) == Set(HelpTests.commands.keys.map { "\($0).txt" }))
  }
}
