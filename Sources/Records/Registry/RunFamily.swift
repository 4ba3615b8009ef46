/// Which run was made from what other runs had made.
struct RunFamily {
  private let runs: [RunRow]

  init(_ runs: [RunRow]) { self.runs = runs }

  /// The homes of the runs whose results this one was made from, and of the one it is a step of.
  func parents(of run: RunRow) -> [String] {
    let homes = ([run.parent] + run.sources.map(owner)).compactMap(\.self)
    var seen: Set<String> = [run.home]
    return homes.filter { seen.insert($0).inserted }
  }

  /// The run that makes a file or a folder: the one whose place is nearest above it.
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
