import Faces

/// Notes for the user about the faces of many face sets: one sentence of each kind.
struct SourceNotes {
  /// A face set with a number of pictures.
  private struct Entry {
    let set: String
    let count: Int
  }

  /// What is used: faces or clips.
  var unit = "faces"
  private var unlisted: [Entry] = []
  private var thinned: [(set: Entry, kept: Int)] = []
  private var unusable: [(set: Entry, first: SkippedPicture)] = []
  private var clipless: [String] = []

  /// Adds pictures that the manifest of a face set does not list.
  mutating func add(unlisted count: Int, in set: String) {
    if count > 0 { unlisted.append(Entry(set: set, count: count)) }
  }

  /// Adds a face set of which only some faces are used.
  mutating func add(kept: Int, of count: Int, in set: String) {
    if kept < count { thinned.append((Entry(set: set, count: count), kept)) }
  }

  /// Adds unusable pictures of a face set.
  mutating func add(_ skipped: [SkippedPicture], in set: String) {
    guard let first = skipped.first else { return }
    unusable.append((Entry(set: set, count: skipped.count), first))
  }

  /// Adds a face set without enough consecutive frames for a clip.
  mutating func addClipless(_ set: String) { clipless.append(set) }

  /// The notes, each a sentence.
  var sentences: [String] {
    var sentences: [String] = []
    if let first = unlisted.first {
      sentences.append(
        FaceListing.note(
          unlisted: unlisted.reduce(0) { $0 + $1.count },
          in: unlisted.count == 1 ? "'\(first.set)'" : "\(unlisted.count) face sets"))
    }
    if let first = thinned.first {
      let (all, kept) = thinned.reduce(into: (0, 0)) {
        $0 = ($0.0 + $1.set.count, $0.1 + $1.kept)
      }
      sentences.append(
        "Using \(kept) of the \(all) \(unit) of "
          + (thinned.count == 1 ? "'\(first.set.set)'" : "\(thinned.count) face sets")
          + ", evenly spaced.")
    }
    if let first = clipless.first {
      sentences.append(
        clipless.count == 1
          ? "Skipping '\(first)': no identity has enough consecutive frames for a clip."
          : "Skipping \(clipless.count) face sets without enough consecutive frames for a clip, such as "
            + "'\(first)'.")
    }
    if let (set, first) = unusable.first {
      let count = unusable.reduce(0) { $0 + $1.set.count }
      sentences.append(
        unusable.count == 1
          ? "'\(set.set)': \(first)\(count > 1 ? ", and \(count - 1) more" : "")."
          : "Skipping \(count) pictures in \(unusable.count) face sets, such as in '\(set.set)': "
            + "\(first).")
    }
    return sentences
  }
}
