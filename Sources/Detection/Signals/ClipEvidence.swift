public import Media

/// What a detector measured on a clip, as a report shows it: numbers, a sentence and a picture.
///
/// A detector returns one in `DetectorEvidence.clip`; the explanation's sentences, `explanation.json` and
/// the page of the report follow.
public protocol ClipEvidence: Sendable {
  /// What was measured, as a heading.
  var title: String { get }
  /// The result, in one sentence.
  ///
  /// - Parameter who: such as `the face`, or `the face of identity 2`.
  func sentence(of who: String) -> String
  /// The numbers, in the order of importance.
  var measurements: [EvidenceMeasurement] { get }
  /// What the picture shows, in one or two sentences.
  var caption: String { get }
  /// The picture.
  func drawn() throws(MediaError) -> Image
}

/// A number that a detector measured.
public struct EvidenceMeasurement: Codable, Equatable, Sendable {
  /// Its name with its unit, such as `forehead, beats/min`.
  public let name: String
  public let value: Double

  public init(_ name: String, _ value: Double) { (self.name, self.value) = (name, value) }
}
