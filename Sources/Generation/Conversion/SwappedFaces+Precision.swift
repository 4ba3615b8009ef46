public import Engine

extension SwappedFaces {
  /// The same faces and masks at another precision.
  public func converted(to precision: Precision) -> SwappedFaces {
    SwappedFaces(
      faces: faces.converted(to: precision), masks: masks.map { $0.converted(to: precision) })
  }

  private init(faces: Tensor, masks: Tensor?) {
    self.faces = faces
    self.masks = masks
  }
}
