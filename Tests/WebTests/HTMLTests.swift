import Testing

@testable import Web

struct HTMLTests {
  @Test func whatIsInterpolatedIsEscaped() {
    let name = "<script>alert('a & \"b\"')</script>"
    let html: HTML = "<p title=\"\(name)\">\(name)</p>"
    let escaped = "&lt;script&gt;alert(&#39;a &amp; &quot;b&quot;&#39;)&lt;/script&gt;"
    #expect(html.text == "<p title=\"\(escaped)\">\(escaped)</p>")
  }

  @Test func htmlInHTMLIsKept() {
    let parts: [HTML] = ["<b>1</b>", "\("<")"]
    let nothing: HTML? = nil
    let html: HTML = "<p>\(parts)\(nothing)\(3)</p>"
    #expect(html.text == "<p><b>1</b>\n&lt;3</p>")
  }

  @Test func addressesAreEncoded() {
    #expect(Link.to("data", "a b/c?d=e&f\"<") == "/data/a%20b%2Fc%3Fd%3De%26f%22%3C")
    #expect(Link.file("Labs/a b/c.png") == "/files/Labs/a%20b/c.png")
    #expect(Link.to("/runs", [("q", "ä&b"), ("page", "2")]) == "/runs?q=%C3%A4%26b&page=2")
  }

  @Test func formTextIsReadAsBrowsersWriteIt() throws {
    let fields = try #require(FormText.fields(of: "a=1+2&b=%C3%A4%26&c&a=+"))
    #expect(fields.map(\.name) == ["a", "b", "c", "a"])
    #expect(fields.map(\.value) == ["1 2", "ä&", "", " "])
    #expect(FormText.fields(of: "a=%zz") == nil)
    #expect(FormText.fields(of: "a=%00") == nil)
    #expect(FormText.fields(of: "a=%ff") == nil)
    #expect(FormText.fields(of: "a&b&c", most: 2) == nil)
  }
}
