/// A page of the lab: the title, the way to the other pages, and the content.
struct Layout: Sendable {
  /// The pages that every page leads to.
  enum Place: String, CaseIterable {
    case detect, generate, new, verify, data, runs, jobs

    var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
  }

  let title: String
  /// The place that the page belongs to; nil for none.
  let here: Place?
  /// The names of the page's scripts, besides the common one.
  var scripts: [String] = []
  let content: HTML

  init(title: String, here: Place?, scripts: [String] = [], content: HTML) {
    (self.title, self.here, self.scripts, self.content) = (title, here, scripts, content)
  }

  var html: HTML {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(title) · dflab</title>
    <link rel="stylesheet" href="/style.css">
    <link rel="icon" href="/icon.svg" type="image/svg+xml">
    \((["lab"] + scripts).map { "<script src=\"/\($0).js\" defer></script>" as HTML })
    </head>
    <body>
    <a class="skip" href="#content">Skip to the content</a>
    <header><nav aria-label="Pages">
    <a class="home" href="/">dflab</a>
    \(Layout.Place.allCases.map(link))
    </nav></header>
    <main id="content">
    <h1>\(title)</h1>
    \(content)
    </main>
    </body>
    </html>

    """
  }

  private func link(_ place: Place) -> HTML {
    let current: HTML = place == here ? " aria-current=\"page\"" : ""
    return "<a href=\"/\(place.rawValue)\"\(current)>\(place.title)</a>"
  }
}

/// What a browser without a session sees.
struct LoginPage {
  static let sentence =
    "Open the address that 'dflab serve' has printed: its token lets one browser in, once. Restart the server for another one."
  let hasPassword: Bool

  var html: HTML {
    let form: HTML = """
      <form method="post" action="/login" class="plain">
      <label for="password">Password</label>
      <input type="password" id="password" name="password" autocomplete="current-password" required autofocus>
      <button>Enter</button>
      </form>
      """
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>dflab</title>
      <link rel="stylesheet" href="/style.css">
      <link rel="icon" href="/icon.svg" type="image/svg+xml">
      </head>
      <body><main>
      <h1>dflab</h1>
      <p>\(LoginPage.sentence)</p>
      \(hasPassword ? form : HTML.none)
      </main></body>
      </html>

      """
  }
}
