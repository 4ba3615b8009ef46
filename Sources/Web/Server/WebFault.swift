/// Why a request is refused.
struct WebFault: Error, Equatable {
  let status: WebStatus
  /// A sentence for the user.
  let sentence: String
  /// The methods that the address allows; nil unless the method is at fault.
  var allowed: [String]?

  init(_ status: WebStatus, _ sentence: String) {
    (self.status, self.sentence) = (status, sentence)
  }

  static let notFound = WebFault(.notFound, "There is no such page.")

  static func tooLarge(_ most: Int) -> WebFault {
    WebFault(.payloadTooLarge, "The request is larger than \(SizeText.of(most)).")
  }
}
