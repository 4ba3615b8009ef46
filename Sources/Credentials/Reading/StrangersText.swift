extension String {
  /// A text of a stranger that can be shown: one line of at most 200 characters, without control
  /// characters, which a terminal would obey.
  var shown: String {
    let most = 200
    let clean = String(
      String.UnicodeScalarView(
        unicodeScalars.prefix(most).map { scalar in
          switch scalar.properties.generalCategory {
          case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: "\u{FFFD}"
          default: scalar
          }
        }))
    return unicodeScalars.count > most ? clean + "…" : clean
  }
}
