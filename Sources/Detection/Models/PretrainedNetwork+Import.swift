import Engine

extension PretrainedNetwork {
  /// The networks whose published weights can be imported.
  public static var importable: [NetworkArchitecture] {
    NetworkArchitecture.allCases.filter { !$0.published.isEmpty }
  }

  /// Imports published weights: a safetensors file with the names of those who publish them.
  ///
  /// Every tensor is checked against the network; the classifier's are left out.
  ///
  /// - Parameter origin: where the weights come from, in words for the new file.
  public init(
    importing path: String, as architecture: NetworkArchitecture, origin: String
  ) throws(DetectionError) {
    precondition(!architecture.published.isEmpty, "\(architecture.rawValue) is not published")
    func failure(_ reason: String) -> DetectionError {
      .noPublishedNetwork(path: path, network: architecture.rawValue, reason: reason)
    }
    do {
      let file = try CheckpointFile(path)
      let layout = PretrainedNetwork.layout(of: architecture)
      guard let names = architecture.published.best(for: file, of: layout.map(\.name)) else {
        let publishers = architecture.published.map(\.publisher).joined(separator: " or ")
        throw failure("none of its tensors is named as in \(publishers)")
      }
      if let fault = names.fault(of: file, layout) { throw failure(fault) }
      var tensors: [(name: String, tensor: Tensor)] = []
      for (name, shape) in layout {
        guard let source = names.source(of: name) else { continue }
        let tensor = source.taken(from: try file.tensor(source.name))
        guard tensor.isFinite else {
          throw failure("'\(source.name)' is not finite")
        }
        tensors.append((name, tensor.reshaped(to: shape)))
      }
      self.init(architecture, input: architecture.input, origin: origin, tensors: tensors)
    } catch let error as EngineError {
      throw failure(DetectorText.reason(error))
    } catch let error as DetectionError {
      throw error
    } catch {
      throw failure("\(error)")
    }
  }
}

extension [PublishedNames] {
  /// Those names of which a file has the most; nil if it has none.
  fileprivate func best(for file: CheckpointFile, of parameters: [String]) -> PublishedNames? {
    let counts = map { names in
      parameters.count { names.source(of: $0).map { file.shape(of: $0.name) != nil } ?? false }
    }
    guard let most = counts.max(), most > 0 else { return nil }
    return zip(self, counts).first { $0.1 == most }?.0
  }
}

extension PublishedNames {
  /// What of a file does not fit the network, in words; nil if all does.
  fileprivate func fault(
    of file: CheckpointFile, _ layout: [(name: String, shape: [Int])]
  ) -> String? {
    let wanted = layout.compactMap { item -> (name: String, shape: [Int])? in
      // A tensor of several parts is asked for once.
      guard let source = source(of: item.name), source.part == 0 else { return nil }
      return (source.name, source.whole(item.shape))
    }
    let missing = wanted.map(\.0).filter { file.shape(of: $0) == nil }
    let misshapen = wanted.filter { theirs, shape in
      file.shape(of: theirs).map { !PublishedNames.fits($0, shape) } ?? false
    }
    let known = Set(wanted.map(\.0))
    let unexpected = file.names.filter { !known.contains($0) && !isLeftOut($0) }
    var faults: [String] = []
    if let first = missing.first {
      faults.append("'\(first)' is missing" + PublishedNames.more(missing.count))
    }
    if let (theirs, shape) = misshapen.first {
      faults.append(
        "'\(theirs)' has the shape \(file.shape(of: theirs) ?? []), not \(shape)"
          + PublishedNames.more(misshapen.count))
    }
    if let first = unexpected.first {
      faults.append("'\(first)' is unexpected" + PublishedNames.more(unexpected.count))
    }
    guard !faults.isEmpty else { return nil }
    return faults.joined(separator: "; ") + " (names of \(publisher))"
  }

  private static func more(_ count: Int) -> String { count > 1 ? " and \(count - 1) more" : "" }

  /// Whether a shape is the given one; some write dense layers as convolutions of one pixel.
  private static func fits(_ found: [Int], _ shape: [Int]) -> Bool {
    found == shape || (shape.count == 2 && found == shape + [1, 1])
  }
}
