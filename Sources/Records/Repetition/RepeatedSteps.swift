import Foundation

/// The steps of a run, called as those of its repetition are: without the run's own name.
struct RepeatedSteps {
  /// The places of all steps, by what they are called without the run's name.
  let places: [String: String]
  private let name: String
  /// What the folders of the steps are called without it.
  private let names: [String: String]

  /// - Parameter runs: all runs of the workspace.
  init(of run: RunSummary, among runs: [RunSummary]) {
    let name = (run.home as NSString).lastPathComponent
    self.name = name
    var (places, names) = ([String: String](), [String: String]())
    for place in runs.filter({ $0.parent == run.home }).flatMap(\.places) {
      let (folder, own) = (
        (place as NSString).deletingLastPathComponent, (place as NSString).lastPathComponent
      )
      guard own.hasPrefix(name) else { continue }
      names[own] = String(own.dropFirst(name.count))
      places["\(folder)/\(own.dropFirst(name.count))"] = place
    }
    (self.places, self.names) = (places, names)
  }

  /// Where a step's place is, or would be if the run had that step.
  func place(_ part: String) -> String {
    let (folder, rest) = (
      (part as NSString).deletingLastPathComponent, (part as NSString).lastPathComponent
    )
    return places[part] ?? "\(folder)/\(name)\(rest)"
  }

  /// The hash of lines of JSON in which the steps are called without the run's name; nil for a run
  /// without steps, and for what is no JSON.
  func nameless(_ path: String) throws -> String? {
    guard !names.isEmpty else { return nil }
    let data = try RunFolder.contents(of: path) ?? Data()
    let (decoder, encoder) = (JSONDecoder(), JSONEncoder())
    encoder.outputFormatting = .sortedKeys
    var bytes: [UInt8] = []
    for line in data.split(separator: 0x0A) {
      guard let tree = try? decoder.decode(JSONTree.self, from: line) else { return nil }
      bytes += try encoder.encode(nameless(tree)) + [0x0A]
    }
    return FileHash.of(bytes)
  }

  private func nameless(_ tree: JSONTree) -> JSONTree {
    switch tree {
    case .object(let members): .object(members.mapValues(nameless))
    case .list(let elements): .list(elements.map(nameless))
    case .word(let word): .word(names[word] ?? word)
    default: tree
    }
  }
}
