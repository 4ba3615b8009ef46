public import Engine
import Foundation

extension SpectrumDetector {
  /// The detector as a safetensors file holds it: `setting` is its hyper-parameters in words,
  /// `boundary` the kernel and its numbers in JSON.
  public func checkpoint() -> Checkpoint {
    var tensors: [(name: String, tensor: Tensor)] = [
      ("standardizer.mean", tensor(standardizer.means)),
      ("standardizer.deviation", tensor(standardizer.deviations)),
      ("real.mean", tensor(reals.means)), ("real.deviation", tensor(reals.deviations)),
    ]
    switch boundary {
    case .plane(let plane):
      tensors.append(("weight", tensor(plane.weights)))
      tensors.append(("intercept", tensor([plane.intercept])))
    case .machine(let machine):
      let vectors = machine.supportVectors
      let values = tensor(vectors.values).reshaped(to: [vectors.rows, vectors.columns])
      tensors.append(("support_vectors", values))
      tensors.append(("coefficients", tensor(machine.coefficients)))
      tensors.append(("intercept", tensor([machine.intercept])))
    }
    return Checkpoint(
      tensors: tensors,
      metadata: ["setting": setting, "boundary": BoundaryForm(boundary).text])
  }

  /// The detector of a file that holds one; the scores are the same to the last bit.
  init(_ file: CheckpointFile) throws(DetectionError) {
    do {
      try self.init(tensors: file)
    } catch {
      throw .unusableDetector(path: file.path, reason: DetectorText.reason(error))
    }
  }

  private init(tensors file: CheckpointFile) throws(EngineError) {
    func broken(_ reason: String) -> EngineError {
      .mismatchedCheckpoint(path: file.path, reason: reason)
    }
    guard let form = BoundaryForm(text: file.metadata["boundary"] ?? "") else {
      throw broken("unknown kernel")
    }
    guard let shape = file.shape(of: "standardizer.mean"), shape.count == 1,
      (2...FeatureTable.mostColumns).contains(shape[0])
    else { throw broken("'standardizer.mean' is missing or has an impossible shape") }
    let count = shape[0]
    func numbers(_ name: String, _ shape: [Int]) throws(EngineError) -> [Double] {
      let values = try file.tensor(name, shape: shape).values
      guard values.allSatisfy(\.isFinite) else { throw broken("'\(name)' is not finite") }
      return values.map(Double.init)
    }
    func standardizer(_ name: String) throws(EngineError) -> Standardizer {
      let deviations = try numbers(name + ".deviation", [count])
      guard deviations.allSatisfy({ $0 > 0 }) else {
        throw broken("'\(name).deviation' is not above 0")
      }
      return Standardizer(means: try numbers(name + ".mean", [count]), deviations: deviations)
    }
    let intercept = try numbers("intercept", [1])[0]
    let boundary: SpectrumBoundary
    if let kernel = form.plainKernel {
      guard let shape = file.shape(of: "support_vectors"), shape.count == 2, shape[0] > 0 else {
        throw broken("'support_vectors' is missing or has an impossible shape")
      }
      let vectors = try numbers("support_vectors", [shape[0], count])
      boundary = .machine(
        KernelModel(
          kernel: kernel, supportVectors: FeatureMatrix(columns: count, values: vectors),
          coefficients: try numbers("coefficients", [shape[0]]), intercept: intercept))
    } else {
      boundary = .plane(
        LinearModel(weights: try numbers("weight", [count]), intercept: intercept))
    }
    self.init(
      spectrum: PowerSpectrum(features: count), setting: file.metadata["setting"] ?? "",
      standardizer: try standardizer("standardizer"), reals: try standardizer("real"),
      boundary: boundary)
  }

  private func tensor(_ values: [Double]) -> Tensor {
    Tensor(shape: [values.count], values: values.map(Float.init))
  }
}

/// A boundary's kind and parameters, as in the metadata.
private struct BoundaryForm: Codable {
  let kernel: String
  var gamma: Double?
  var degree: Int?
  var coefficient: Double?

  init(_ boundary: SpectrumBoundary) {
    guard case .machine(let machine) = boundary else {
      kernel = "none"
      return
    }
    switch machine.kernel {
    case .linear:
      kernel = "linear"
    case .radial(let gamma):
      kernel = "radial"
      self.gamma = gamma.resolved(for: machine.supportVectors)
    case .polynomial(let degree, let gamma, let coefficient):
      kernel = "polynomial"
      self.gamma = gamma.resolved(for: machine.supportVectors)
      (self.degree, self.coefficient) = (degree, coefficient)
    }
  }

  /// Nil for an invalid text.
  init?(text: String) {
    guard let form = try? JSONDecoder().decode(BoundaryForm.self, from: Data(text.utf8)) else {
      return nil
    }
    self = form
    if let gamma { guard gamma > 0, gamma.isFinite else { return nil } }
    guard kernel == "none" || plainKernel != nil else { return nil }
  }

  var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// The kernel of a support vector machine; nil for a linear model.
  var plainKernel: Kernel? {
    switch (kernel, gamma, degree, coefficient) {
    case ("linear", _, _, _): .linear
    case ("radial", let gamma?, _, _): .radial(gamma: .value(gamma))
    case ("polynomial", let gamma?, let degree?, let coefficient?)
    where (1...10).contains(degree) && coefficient.isFinite:
      .polynomial(degree: degree, gamma: .value(gamma), coefficient: coefficient)
    default: nil
    }
  }
}
