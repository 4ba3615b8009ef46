import Foundation

/// The steps of a run, and the models that it trained, with names that do not depend on the run's own name.
struct RepeatedSteps {
  /// The outputs of all steps, by their names without the run's name.
  let places: [String: String]
  private let name: String
  /// The folder names of the steps and models without it.
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
    // A detector is called 'RUN-KIND', and lines of scores name it.
    for own in run.places.map({ ($0 as NSString).lastPathComponent }) {
      if own != name, own.hasPrefix(name) { names[own] = String(own.dropFirst(name.count)) }
    }
    (self.places, self.names) = (places, names)
  }

  /// The output of a step, or its path if the run had that step.
  func place(_ part: String) -> String {
    let (folder, rest) = (
      (part as NSString).deletingLastPathComponent, (part as NSString).lastPathComponent
    )
    return places[part] ?? "\(folder)/\(name)\(rest)"
  }

  /// The hash of JSON lines with these names normalized; nil where there are none, and for invalid JSON.
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
    case .object(let members):
      .object(
        Dictionary(
          members.map { (nameless($0.key), nameless($0.value)) }, uniquingKeysWith: { $1 }))
    case .list(let elements): .list(elements.map(nameless))
    case .word(let word): .word(nameless(word))
    default: tree
    }
  }

  /// A name, or the parts of a path.
  private func nameless(_ word: String) -> String {
    word.split(separator: "/", omittingEmptySubsequences: false)
      .map { names[String($0)] ?? String($0) }.joined(separator: "/")
  }
}
