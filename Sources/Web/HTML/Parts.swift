import Records

/// Parts that several pages have.
enum Parts {
  /// A table whose first column names the rows.
  static func table(_ columns: [String], _ rows: [[HTML]], empty: String) -> HTML {
    guard !rows.isEmpty else { return "<p class=\"faint\">\(empty)</p>" }
    // Who scrolls with the keyboard must be able to reach what scrolls.
    let isReached = rows.joined().contains { cell in
      ["<a ", "<button", "<input"].contains { cell.text.contains($0) }
    }
    let focus: HTML = isReached ? .none : " tabindex=\"0\" role=\"group\" aria-label=\"Table\""
    return """
      <div class="wide"\(focus)><table>
      <thead><tr>\(columns.map { "<th scope=\"col\">\($0)</th>" as HTML })</tr></thead>
      <tbody>
      \(rows.map { row in "<tr>\(row.map { "<td>\($0)</td>" as HTML })</tr>" as HTML })
      </tbody>
      </table></div>
      """
  }

  /// Names with values.
  static func list(_ pairs: [(name: String, value: HTML)]) -> HTML {
    "<dl>\(pairs.map { "<dt>\($0.name)</dt><dd>\($0.value)</dd>" as HTML })</dl>"
  }

  /// The ways to the pages before and after one of a long list.
  ///
  /// - Parameters:
  ///   - page: from 1.
  ///   - address: the list's address without a page.
  ///   - query: what else the address says.
  static func pages(
    _ page: Int, of count: Int, at address: String, _ query: [(name: String, value: String)]
  ) -> HTML {
    guard count > 1 else { return .none }
    func link(_ number: Int, _ text: String, _ rel: String) -> HTML? {
      guard (1...count).contains(number) else { return nil }
      let target = Link.to(address, query + [("page", "\(number)")])
      return "<a rel=\"\(rel)\" href=\"\(target)\">\(text)</a>"
    }
    return """
      <nav class="pages" aria-label="Parts of the list">
      \(link(page - 1, "Previous", "prev")) <span>\(page) of \(count)</span> \(link(page + 1, "Next", "next"))
      </nav>
      """
  }

  /// An ISO 8601 time in UTC; a dash for nil.
  static func time(_ time: String?) -> HTML { "<time>\(SizeText.date(time))</time>" }

  /// A state as a colored word.
  static func state(_ word: String) -> HTML {
    "<span class=\"state \(word.replacing(" ", with: "-"))\">\(word)</span>"
  }

  /// A button that asks for something by POST.
  static func button(_ text: String, to address: String, style: String = "") -> HTML {
    """
    <form method="post" action="\(address)" class="inline"><button class="\(style)">\(text)</button></form>
    """
  }
}
