import Detection
import Records

extension RequestOption {
  /// The detectors of a request, by name; the same for all that `dflab detect` does.
  static func detectors(
    read: @escaping @Sendable (Request) -> [String],
    write: @escaping @Sendable (inout Request, [String]) throws(RequestFault) -> Void
  ) -> RequestOption {
    RequestOption(
      "detectors",
      """
      Comma-separated detectors, or groups of them: \(DetectorGroup.words.joined(separator: ", ")) \
      (default: those of the newest training run; with --retrain, \
      \(DetectRequest.usual.map(\.rawValue).joined(separator: ",")))
      """, form: .commas, read: read, write: write)
  }

  /// The name of a run; the same for all that `dflab detect` does.
  static func detectRunName(
    _ path: any WritableKeyPath<Request, String?> & Sendable
  ) -> RequestOption {
    RequestOption(
      "name", path,
      """
      Name of the run (default: detect-FILE, detect-DATASET, evaluate-DATASET or \
      cross-validation-TABLE)
      """)
  }

  /// A labeled dataset is a path only if it has a slash; a word is a name in `Datasets`.
  static func isDataset(path: String) -> Bool { path.contains("/") }
}

extension DetectRequest {
  /// The kinds that some words mean.
  static func kinds(_ words: [String]) throws(RequestFault) -> [DetectorKind] {
    let trainable = DetectorRegistry.standard.trainableKinds
    var kinds: [DetectorKind] = []
    for word in words {
      if let group = DetectorRegistry.standard.kinds(ofGroup: word) {
        kinds += group.filter { !kinds.contains($0) && trainable.contains($0) }
        continue
      }
      guard let kind = DetectorRegistry.standard.kind(matching: word), trainable.contains(kind)
      else {
        let names = trainable.map(\.rawValue)
        let nearest = names.nearest(to: word).map { " Did you mean '\($0)'?" } ?? ""
        throw RequestFault(
          "Unknown detector '\(word)'.\(nearest) Known detectors: \(names.joined(separator: ", "))."
        )
      }
      kinds.append(kind)
    }
    guard Set(kinds).count == kinds.count else {
      throw RequestFault("Give each detector only once.")
    }
    return kinds
  }
}
