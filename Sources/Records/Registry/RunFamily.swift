import Foundation

/// The dependencies between runs.
struct RunFamily {
  /// The run that made each output.
  private var owners: [String: String] = [:]

  /// - Parameter runs: folders with their outputs; of two with the same output, the first counts.
  init(_ runs: some Sequence<(home: String, places: [String])>) {
    for run in runs {
      for place in run.places where owners[place] == nil { owners[place] = run.home }
    }
  }

  init(_ runs: [RunRow]) { self.init(runs.lazy.map { ($0.home, $0.places) }) }

  /// The runs whose results this one was made from, and its parent.
  func parents(of run: RunRow) -> [String] {
    let homes = ([run.parent] + run.sources.map(owner)).compactMap(\.self)
    var seen: Set<String> = [run.home]
    return homes.filter { seen.insert($0).inserted }
  }

  /// The run that made a file or folder: the one with the nearest output above it.
  func owner(of path: String) -> String? {
    var place = Substring(path)
    while !place.isEmpty {
      if let home = owners[String(place)] { return home }
      guard let slash = place.lastIndex(of: "/") else { return nil }
      place = place[..<slash]
    }
    return nil
  }
}
