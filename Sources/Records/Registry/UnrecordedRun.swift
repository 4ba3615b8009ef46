import Foundation

/// A run without a record, known from its `settings.json`.
struct UnrecordedRun {
  private let home: String
  private let text: String
  private let members: [String: JSONTree]
  private let places: [String]
  private let workspace: Workspace

  init(_ home: String, _ path: String, in workspace: Workspace) throws {
    (self.home, self.workspace) = (home, workspace)
    let data = try RunFolder.contents(of: "\(path)/settings.json")
    let tree = data.flatMap { try? JSONDecoder().decode(JSONTree.self, from: $0) } ?? .object([:])
    members = tree.members ?? [:]
    text = String(decoding: try JSONText.line(tree), as: UTF8.self)
    let name = (home as NSString).lastPathComponent
    let kinds = members["detectors"]?.words ?? []
    places =
      [home]
      + (["\(name)"] + kinds.map { "\(name)-\($0)" }).map { "Checkpoints/\($0)" }.filter {
        Workspace.isFolder("\(workspace.path)/\($0)")
      }
  }

  func row(stamp: String) -> RunRow {
    let seed = members["seed"] ?? members["settings"]?.members?["seed"]
    let folders = [
      members["a"]?.members?["folder"], members["b"]?.members?["folder"], members["data"],
    ]
    return RunRow(
      home: home, command: members["command"]?.word ?? "", arguments: [],
      threads: members["threads"]?.text.flatMap(Int.init), settings: text, seed: seed?.text,
      version: members["version"]?.word ?? "",
      machine: "", began: nil, ended: nil, outcome: nil, reason: nil, sessions: 0,
      sources: folders.compactMap { $0?.word }.map(workspace.relative), places: places, parent: nil,
      stamp: stamp)
  }
}
