import Foundation

/// Several datasets in one folder as DeepfakeBench keeps them (`datasets/rgb`), with folders of frames or
/// with videos, and its lists: `NAME.json` in `dataset_json` or `preprocessing/dataset_json`.
///
/// The lists decide on labels and splits. They name some clips in several splits (of Celeb-DF all test
/// clips for training and validation, too): such a clip is one of the test split, and the others of its
/// identities are left out. A clip in a list alone, whose dataset has no layout here, is imported too.
enum DeepfakeBench {
  private static let layouts: [PublicLayout] = [.faceForensics, .celebDF, .df40, .dfdc, .folders]
  private static let listFolders = ["dataset_json", "preprocessing/dataset_json"]

  static func isLayout(of folder: PublicFolder) -> Bool {
    guard listFolders.allSatisfy({ !folder.holds($0) }) else { return true }
    let parts = PublicCollection.parts(of: folder, layouts: layouts)
    return parts.count > 1 && parts.contains { [.faceForensics, .celebDF].contains($0.layout) }
  }

  static func contents(of folder: PublicFolder) throws(FacesError) -> LayoutContents {
    var contents = try PublicCollection.contents(of: folder, layouts: layouts)
    var listed = try listed(in: folder)
    guard !listed.clips.isEmpty else { return contents }
    for index in contents.items.indices {
      var item = contents.items[index]
      guard let clip = listed.clips.removeValue(forKey: item.path) else { continue }
      guard clip.label == item.label else {
        throw folder.refusal(
          "'\(item.path)' is \(clip.label) in '\(clip.list)', but \(item.label) by its folder")
      }
      item.split = clip.split
      contents.items[index] = item
    }
    for (path, clip) in listed.clips.sorted(by: { $0.key < $1.key }) {
      contents.items.append(clip.item(at: path))
    }
    contents.skipped += listed.missing.byteSorted.map { SkippedFile($0, .missing) }
    // Training clips of the test split's identities would leak.
    let tested = Set(contents.items.filter { $0.split == .test }.flatMap(\.links))
    for index in contents.items.indices where contents.items[index].split != .test {
      if !tested.isDisjoint(with: contents.items[index].links) { contents.items[index].split = nil }
    }
    return contents
  }

  /// A clip of the lists.
  private struct Clip {
    let list: String
    let label: Label
    let method: String
    var frames: [String]
    var split: Split?

    func item(at path: String) -> PublicItem {
      let medium = Medium(path: path, frames: frames)
      // UADFV's forgery of 0001 is 0001_fake.
      let who = medium.name.hasSuffix("_fake") ? String(medium.name.dropLast(5)) : medium.name
      var item = PublicItem(medium, label, label == .real ? Sample.real : method, [who], [who])
      item.split = split
      return item
    }
  }

  private static func listed(
    in folder: PublicFolder
  ) throws(FacesError) -> (clips: [String: Clip], missing: [String]) {
    var clips: [String: Clip] = [:]
    var missing: [String] = []
    for part in listFolders {
      for list in folder.files(in: part) where list.hasSuffix(".json") {
        let datasets = try folder.json(list, as: [String: [String: [String: ListedClips]]].self)
        for (dataset, labels) in datasets ?? [:] {
          for (label, splits) in labels {
            for (split, listed) in splits {
              for (name, frames) in listed.frames {
                guard let frames = present(frames, in: folder), let first = frames.first else {
                  missing.append("\(dataset)/\(label)/\(name)")
                  continue
                }
                let path = first.split(separator: "/").dropLast().joined(separator: "/")
                let isReal = label.lowercased().hasSuffix("real")
                var clip =
                  clips[path]
                  ?? Clip(
                    list: list, label: isReal ? .real : .fake, method: method(label),
                    frames: frames)
                clip.split = decisive(clip.split, DeepfakeBench.split(split))
                clips[path] = clip
              }
            }
          }
        }
      }
    }
    return (clips, Array(Set(missing)))
  }

  /// A method by the name of a list's label, such as `UADFV_Fake`.
  private static func method(_ label: String) -> String {
    let name = label.lowercased()
    return name.hasSuffix("_fake") || name.hasSuffix("-fake") ? String(name.dropLast(5)) : name
  }

  /// The frames of a clip that are in the folder, as paths below it; nil if there are none.
  ///
  /// The lists have the paths of another machine, which may have other separators.
  private static func present(_ frames: [String], in folder: PublicFolder) -> [String]? {
    let paths = frames.map {
      $0.replacing("\\", with: "/").split(separator: "/").map(String.init)
    }
    guard let first = paths.first else { return nil }
    for part in roots {
      for count in first.indices {
        let prefix = part.isEmpty ? [] : [part]
        let path = (prefix + first[count...]).joined(separator: "/")
        guard folder.holds(path) else { continue }
        return paths.map { (prefix + $0[min(count, $0.count)...]).joined(separator: "/") }
          .filter(folder.holds).sorted {
            (MediaListing.number(of: $0), $0) < (MediaListing.number(of: $1), $1)
          }
      }
    }
    return nil
  }

  /// Where the datasets are.
  private static let roots = ["", "datasets/rgb", "datasets", "rgb"]

  private static func split(_ name: String) -> Split? {
    switch name {
    case "train": .training
    case "val": .validation
    case "test": .test
    default: nil
    }
  }

  /// The split of a clip that is named in two: many lists repeat the test or training clips for
  /// validation.
  private static func decisive(_ a: Split?, _ b: Split?) -> Split? {
    [Split.test, .training, .validation].first { $0 == a || $0 == b }
  }
}

/// The clips of a split in a list, possibly by compression.
private struct ListedClips: Decodable {
  /// The frames of each clip.
  let frames: [String: [String]]

  private struct Clip: Decodable { let frames: [String] }

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let clips = try? value.decode([String: Clip].self) {
      frames = clips.mapValues(\.frames)
    } else if let levels = try? value.decode([String: [String: Clip]].self) {
      // Clips of the same name differ by their folder.
      frames = Dictionary(
        levels.flatMap { level, clips in clips.map { ("\(level)/\($0.key)", $0.value.frames) } },
        uniquingKeysWith: { first, _ in first })
    } else {
      // Some lists have a clip where the clips should be.
      frames = [:]
    }
  }
}
