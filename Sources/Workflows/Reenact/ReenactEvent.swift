public import Records

/// An event of a reenactment.
public enum ReenactEvent: RunEvent, Equatable {
  /// An event of the extraction of the target's, or of the driver's faces.
  case extract(ExtractEvent)
  /// An event of the training.
  case swap(SwapEvent)
  /// An event of the conversion of the target's video.
  case convert(ConversionEvent)

  public var passedOn: (any RunEvent)? {
    switch self {
    case .extract(let event): event
    case .swap(let event): event
    case .convert(let event): event
    }
  }
}
