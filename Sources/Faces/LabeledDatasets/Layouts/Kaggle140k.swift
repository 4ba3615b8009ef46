/// "140k Real and Fake Faces" (Kaggle): `real_vs_fake/real-vs-fake/{train,valid,test}/{real,fake}` and
/// `train.csv`, `valid.csv`, `test.csv`.
///
/// Either of the outer folders may be given. Each picture shows another person: the real ones are
/// pictures of FFHQ, the others StyleGAN's. The lists' labels are 1 for real, the inverse of the
/// labels here; the folders decide, and a line that disagrees is refused.
enum Kaggle140k {
  private static let lists: [(name: String, split: Split)] = [
    ("train.csv", .training), ("valid.csv", .validation), ("test.csv", .test),
  ]
  private static let inner = "real-vs-fake"

  static func isLayout(of folder: PublicFolder) -> Bool { part(of: folder) != nil }

  /// The folder of the splits.
  private static func part(of folder: PublicFolder) -> String? {
    let isNamed = folder.path.split(separator: "/").last.map { $0 == inner } ?? false
    let hasLists = lists.allSatisfy { folder.holds($0.name) }
    return ["real_vs_fake/\(inner)", inner, ""].first { part in
      (!part.isEmpty || isNamed || hasLists)
        && RealFakeFolders.pairs(of: folder.subfolder(part)).contains { $0.split != nil }
    }
  }

  static func contents(of folder: PublicFolder) throws(FacesError) -> LayoutContents {
    let part = part(of: folder) ?? ""
    var contents = LayoutContents()
    contents.add(try RealFakeFolders.contents(of: folder.subfolder(part)), in: part)
    var listed = try listed(in: folder)
    for index in contents.items.indices {
      var item = contents.items[index]
      let name = "\(item.label == .real ? "ffhq" : "stylegan")-\(MediaNames.stem(item.path))"
      (item.identities, item.clips) = ([name], [name])
      if item.label == .fake { item.method = "stylegan" }
      let place = part.isEmpty ? item.path : String(item.path.dropFirst(part.count + 1))
      if let line = listed.removeValue(forKey: place) {
        guard line.label == item.label else {
          throw folder.refusal(
            "'\(place)' is \(line.label) in '\(line.list)', but \(item.label) by its folder")
        }
        item.split = line.split
      }
      contents.items[index] = item
    }
    contents.skipped += Array(listed.keys).byteSorted.map { path in
      SkippedFile(part.isEmpty ? path : "\(part)/\(path)", .missing)
    }
    return contents
  }

  /// A line of a list.
  private struct Line {
    let list: String
    let split: Split
    let label: Label
  }

  /// The pictures in the lists, by path below the folder of the splits.
  private static func listed(in folder: PublicFolder) throws(FacesError) -> [String: Line] {
    var lines: [String: Line] = [:]
    for (list, split) in lists {
      guard let table = try folder.table(list) else { continue }
      guard let path = table.column("path"), let label = table.column("label_str", "label") else {
        throw folder.refusal("'\(list)' lacks the columns 'path' and 'label'")
      }
      for row in table.rows {
        let isReal = ["1", "real"].contains(row[label].lowercased())
        guard isReal || ["0", "fake"].contains(row[label].lowercased()) else {
          throw folder.refusal("'\(row[path])' is labeled '\(row[label])' in '\(list)'")
        }
        lines[row[path]] = Line(list: list, split: split, label: isReal ? .real : .fake)
      }
    }
    return lines
  }
}
