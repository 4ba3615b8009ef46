public import Records

/// What a download reports.
public enum FetchEvent: RunEvent, Equatable {
  /// A part has arrived: megabytes so far, and of all if that is known.
  case megabytes(Int, of: Int?, what: String)
  /// A video is looked for in a page.
  case looking(what: String)
}
