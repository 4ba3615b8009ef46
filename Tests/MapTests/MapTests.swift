import Testing

/// Who may import whom; SwiftPM stops cycles, but not a room that takes its neighbors' libraries.
private let map: [String: Set<String>] = [
  "Engine": ["CDNNL", "CKernels", "CMPI", "CModels", "COpenBLAS"],
  "ONNX": ["Engine", "SwiftProtobuf"],
  "Media": ["CFFmpeg", "CImageIO", "CCairo", "CPixels"],
  "Faces": ["CDlib", "Engine", "Media"],
  "Synthesis": ["Engine", "Media", "Faces"],
  "Generation": ["Engine", "Media", "Faces"],
  "Detection": ["CFFTW", "CSVM", "Engine", "ONNX", "Media", "Faces"],
  "Search": [],
  "Credentials": ["Crypto", "SwiftASN1", "X509", "_CryptoExtras"],
  "Records": ["Credentials", "GRDB", "Engine", "Media", "Faces", "Search"],
  "Workflows": [
    "Engine", "ONNX", "Media", "Faces", "Synthesis", "Generation", "Detection", "Search",
    "Records",
  ],
  "Web": ["Credentials", "FlyingSocks", "Records", "Workflows"],
  "dflab": [
    "ArgumentParser", "Credentials", "Detection", "Engine", "Faces", "Generation", "Media",
    "Records", "Web",
    "Workflows",
  ],
]

/// What comes with Swift itself and may be imported anywhere.
private let system: Set = ["Foundation", "Dispatch", "Glibc", "Synchronization"]

/// Rooms that never touch memory by hand, save in the folder that wraps their libraries.
private let safeRooms: Set = [
  "Credentials", "ONNX", "Faces", "Synthesis", "Generation", "Detection", "Search", "Records",
  "Workflows",
  "Web", "dflab",
]
private let wrappers = ["Faces": "Finding/Dlib/", "Detection": "Libraries/", "ONNX": "Format/"]

struct MapTests {
  @Test func everyRoomImportsOnlyWhatStandsAboveIt() throws {
    let files = try SourceTree.files()
    #expect(files.count > 20, "the sources were not found")
    for file in files {
      guard let allowed = map[file.room] else {
        Issue.record("\(file.room) is no room of the map")
        continue
      }
      for name in file.imports where !system.contains(name) {
        #expect(allowed.contains(name), "\(file.room)/\(file.path) imports \(name)")
      }
    }
  }

  @Test func everyOutsideLibraryBelongsToOneRoom() throws {
    var owners: [String: Set<String>] = [:]
    for file in try SourceTree.files() {
      for name in file.imports where map[name] == nil && !system.contains(name) {
        owners[name, default: []].insert(file.room)
      }
    }
    #expect(owners["CImageIO"] == ["Media"])
    #expect(owners["CKernels"] == ["Engine"])
    #expect(owners["ArgumentParser"] == ["dflab"])
    #expect(owners["GRDB"] == ["Records"])
    #expect(owners["Crypto"] == ["Credentials"])
    #expect(owners["X509"] == ["Credentials"])
    #expect(owners["SwiftProtobuf"] == ["ONNX"])
    #expect(owners["FlyingSocks"] == ["Web"])
    for (library, rooms) in owners {
      #expect(rooms.count == 1, "\(library) is imported by \(rooms.sorted())")
    }
    for library in map.values.joined() where map[library] == nil {
      let rooms = map.keys.filter { map[$0]?.contains(library) == true }
      #expect(rooms.count == 1, "the map gives \(library) to \(rooms.sorted())")
    }
  }

  @Test func onlyKernelsAndCarriedModelsTouchCInTheEngine() throws {
    for file in try SourceTree.files() where file.room == "Engine" {
      let wrappers = ["Checkpoints/CarriedModel.swift", "Ranks/MPITransport.swift"]
      guard !file.path.hasPrefix("Kernels/"), !wrappers.contains(file.path) else { continue }
      #expect(file.imports.allSatisfy(system.contains), "Engine/\(file.path): \(file.imports)")
    }
  }

  @Test func safeRoomsHoldNoUnsafeCode() throws {
    for file in try SourceTree.files() where safeRooms.contains(file.room) {
      guard !(wrappers[file.room].map(file.path.hasPrefix) ?? false) else { continue }
      // The word of a Content-Security-Policy is no code.
      let code = SourceTree.File(
        room: file.room, path: file.path, text: file.text.replacing("'unsafe-inline'", with: ""))
      #expect(!code.contains(word: "unsafe"), "\(file.room)/\(file.path)")
      #expect(
        Set(file.imports).isDisjoint(with: ["CDlib", "CFFTW", "CSVM"]), "\(file.room)/\(file.path)")
    }
  }

  @Test func noLayerIsAskedForItsType() throws {
    let files = try SourceTree.files()
    let layers = Set(
      files.filter { $0.room == "Engine" }.flatMap { file in
        file.text.matches(of: /struct (\w+): Layer\b/).map { String($0.1) }
      })
    #expect(layers.count > 20, "the layers were not found")
    for file in files {
      for cast in file.text.matches(of: /\b(?:as[?!]|is) (\w+)/) {
        #expect(!layers.contains(String(cast.1)), "\(file.room)/\(file.path): \(cast.0)")
      }
    }
  }

  @Test func thePackageGivesNoRoomMoreThanTheMap() throws {
    let package = try SourceTree.text(of: "Package.swift")
    for (room, allowed) in map {
      #expect(package.contains("name: \"\(room)\","), "\(room) is not in Package.swift")
      let given = dependencies(of: room, in: package)
      #expect(allowed.isEmpty || !given.isEmpty, "\(room) depends on nothing")
      #expect(given.isSubset(of: allowed), "\(room) depends on \(given.sorted())")
      let settings = package.components(after: "name: \"\(room)\"", upTo: "swiftSettings: ")
      #expect(
        settings.hasPrefix("safeRoom") == safeRooms.contains(room), "\(room)'s Swift settings")
    }
  }

  @Test func theGuideShowsThisMap() throws {
    let guide = try SourceTree.text(of: "CONTRIBUTING.md")
    var shown: [String: Set<String>] = [:]
    for line in guide.split(separator: "\n") where line.hasPrefix("| ") {
      let cells = line.split(separator: "|").map { $0.trimmed }
      guard cells.count == 3, map[cells[0]] != nil else { continue }
      shown[cells[0]] = Set(cells[2].split(separator: ",").map { $0.trimmed })
        .subtracting(["nothing"])
    }
    #expect(shown == map)
  }

  /// The names between the brackets of a target's dependencies.
  private func dependencies(of room: String, in package: String) -> Set<String> {
    let target = package.components(after: "name: \"\(room)\",", upTo: "dependencies: [")
    guard let end = target.firstIndex(of: "]") else { return [] }
    let quoted = target[..<end].split(separator: "\"", omittingEmptySubsequences: false)
    // Inside quotes lies every second part; the package of a product is no module.
    let names = quoted.enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) }
    return Set(names).subtracting([
      "swift-argument-parser", "swift-asn1", "swift-certificates", "swift-crypto", "swift-protobuf",
      "GRDB.swift", "FlyingFox",
    ])
  }
}

extension Substring {
  fileprivate var trimmed: String {
    var part = self
    while part.first?.isWhitespace == true { part.removeFirst() }
    while part.last?.isWhitespace == true { part.removeLast() }
    return String(part)
  }
}

extension String {
  /// What follows the first `end` behind the last `start`: targets come after products.
  fileprivate func components(after start: String, upTo end: String) -> Substring {
    guard let first = ranges(of: start).last,
      let second = self[first.upperBound...].firstRange(of: end)
    else { return "" }
    return self[second.upperBound...]
  }
}
