/// The dependencies between runs.
struct RunFamily {
  private let runs: [RunRow]

  init(_ runs: [RunRow]) { self.runs = runs }

  /// The runs whose results this one was made from, and its parent.
  func parents(of run: RunRow) -> [String] {
    let homes = ([run.parent] + run.sources.map(owner)).compactMap(\.self)
    var seen: Set<String> = [run.home]
    return homes.filter { seen.insert($0).inserted }
  }

  /// The run that made a file or folder: the one with the nearest output above it.
  func owner(of path: String) -> String? {
    var best: (home: String, length: Int)?
    for run in runs {
      for place in run.places where path == place || path.hasPrefix("\(place)/") {
        if place.count > best?.length ?? 0 { best = (run.home, place.count) }
      }
    }
    return best?.home
  }
}
