/// What a picture says about how it was made.
///
/// Written into PNG (a `Software` text and an XMP packet) and JPEG (an XMP packet).
public struct Mark: Equatable, Sendable {
  /// The program and its version, such as `dflab 1.0.0`.
  public let software: String
  /// A term of IPTC's NewsCodes, as a URL.
  public let sourceType: String

  /// The mark of pictures that a trained model made.
  ///
  /// - Parameter software: the program and its version.
  public static func synthetic(by software: String) -> Mark {
    Mark(
      software: software,
      sourceType: "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia")
  }

  /// The mark of pictures that were rendered from numbers, without a model that learned from any.
  ///
  /// IPTC keeps them apart: `trainedAlgorithmicMedia` is made by a model trained on sampled content,
  /// `algorithmicMedia` "purely by an algorithm not based on any sampled training data".
  ///
  /// - Parameter software: the program and its version.
  public static func rendered(by software: String) -> Mark {
    Mark(
      software: software,
      sourceType: "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia")
  }

  /// The XMP packet, in UTF-8 (Adobe's XMP specification, part 1; IPTC's Photo Metadata 2023).
  var packet: [UInt8] {
    let text = """
      <?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?>
      <x:xmpmeta xmlns:x="adobe:ns:meta/">
       <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
        <rdf:Description rdf:about=""
          xmlns:xmp="http://ns.adobe.com/xap/1.0/"
          xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
          xmp:CreatorTool="\(Mark.escaped(software))"
          Iptc4xmpExt:DigitalSourceType="\(Mark.escaped(sourceType))"/>
       </rdf:RDF>
      </x:xmpmeta>
      <?xpacket end="r"?>
      """
    return Array(text.utf8)
  }

  /// The program in Latin-1, as PNG's plain texts want it; what Latin-1 lacks becomes `?`.
  var latinSoftware: [UInt8] {
    software.unicodeScalars.map { (0x20...0xFF).contains($0.value) ? UInt8($0.value) : 0x3F }
  }

  private static func escaped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\0"..<" ": result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
}
