/// Several public datasets in one folder, each in its own layout.
enum PublicCollection {
  /// Datasets are at most so many folders deep.
  private static let deepest = 3

  /// The datasets below a folder, with their layouts.
  static func parts(
    of folder: PublicFolder, layouts: [PublicLayout]
  ) -> [(name: String, layout: PublicLayout)] {
    func parts(_ part: String, _ depth: Int) -> [(String, PublicLayout)] {
      let own = folder.subfolder(part)
      let layout = layouts.first { $0.isLayout(of: own) }
      // DFDC's lists may be deeper: what is around them need not be DFDC.
      if let layout, layout != .dfdc { return [(part, layout)] }
      guard depth < deepest else { return layout.map { [(part, $0)] } ?? [] }
      let inner = folder.folders(in: part).flatMap { name in
        parts(part.isEmpty ? name : "\(part)/\(name)", depth + 1)
      }
      guard let layout, inner.allSatisfy({ $0.1 == .dfdc }) else { return inner }
      return [(part, layout)]
    }
    return parts("", 0)
  }

  /// The contents of all of them.
  static func contents(
    of folder: PublicFolder, layouts: [PublicLayout]
  ) throws(FacesError) -> LayoutContents {
    var contents = LayoutContents()
    for part in parts(of: folder, layouts: layouts) {
      contents.add(try part.layout.contents(of: folder.subfolder(part.name)), in: part.name)
    }
    return contents
  }
}
