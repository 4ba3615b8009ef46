// swift-tools-version: 6.2
import PackageDescription

/// Settings of rooms that import C: every unsafe use is spelled out.
let room: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
]

/// Settings of rooms that do not import C.
let safeRoom: [SwiftSetting] = room + [.treatWarning("StrictMemorySafety", as: .error)]

/// Optimizes kernels in debug builds too, because tests train real models.
let fast: [CSetting] = [.unsafeFlags(["-O3", "-fno-math-errno"])]

/// Makes face finding eight times faster (measured).
let fastDlib: [CXXSetting] = [.unsafeFlags(["-O3"])]

/// Optimizes Swift loops in debug builds too: an optimizer step is ten times faster (measured).
let optimized: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// Nothing but a build with the trait needs or links MPI.
let mpi: TargetDependencyCondition? = .when(traits: ["MPI"])

let package = Package(
  name: "dflab",
  products: [.executable(name: "dflab", targets: ["dflab"])],
  traits: [
    .trait(name: "MPI", description: "Data-parallel training on several machines, with Open MPI.")
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.0"),
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0", traits: []),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
  ],
  targets: [
    // Outside libraries, each imported by exactly one room.
    .target(name: "CDNNL", linkerSettings: [.linkedLibrary("dnnl")]),
    .target(
      name: "CFFmpeg", cSettings: fast,
      linkerSettings: [
        .linkedLibrary("avformat"), .linkedLibrary("avcodec"), .linkedLibrary("swscale"),
        .linkedLibrary("avutil"),
      ]),
    .target(
      name: "CImageIO",
      linkerSettings: [
        .linkedLibrary("jpeg"), .linkedLibrary("png"), .linkedLibrary("heif"),
        .linkedLibrary("lcms2"),
      ]),
    .target(
      name: "CDlib", exclude: ["frontal_faces.dat"],
      cSettings: [.unsafeFlags(["-std=gnu23"])], cxxSettings: fastDlib,
      // dlib's headers call LAPACK, which is part of Debian's OpenBLAS.
      linkerSettings: [.linkedLibrary("dlib"), .linkedLibrary("openblas")]),
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CFFTW", pkgConfig: "fftw3f", providers: [.apt(["libfftw3-dev"])]),
    .systemLibrary(name: "CSVM", providers: [.apt(["libsvm-dev", "liblinear-dev"])]),
    .systemLibrary(name: "CMPI", pkgConfig: "mpi-c", providers: [.apt(["libopenmpi-dev"])]),
    .systemLibrary(name: "CCairo", pkgConfig: "cairo", providers: [.apt(["libcairo2-dev"])]),

    // Models embedded in the program.
    .target(name: "CModels", cSettings: [.unsafeFlags(["-std=gnu23"])]),

    // Our own kernels, in C.
    .target(name: "CKernels", cSettings: fast),
    .target(name: "CPixels", cSettings: fast),

    // The rooms.
    .target(
      name: "Engine",
      dependencies: [
        "CDNNL", "CKernels", "CModels", "COpenBLAS",
        .target(name: "CMPI", condition: mpi),
      ],
      exclude: ["PERFORMANCE.md"],
      swiftSettings: room + optimized),
    .target(
      name: "ONNX",
      dependencies: ["Engine", .product(name: "SwiftProtobuf", package: "swift-protobuf")],
      exclude: ["OPERATORS.md", "Format/onnx.proto", "Format/generate.sh"],
      swiftSettings: safeRoom + optimized),
    .target(
      name: "Media", dependencies: ["CFFmpeg", "CImageIO", "CCairo", "CPixels"],
      swiftSettings: room + optimized),
    .target(
      name: "Faces", dependencies: ["CDlib", "Engine", "Media"],
      swiftSettings: safeRoom + optimized),
    .target(
      name: "Synthesis", dependencies: ["Engine", "Media", "Faces"],
      swiftSettings: safeRoom + optimized),
    .target(
      name: "Generation", dependencies: ["Engine", "Media", "Faces"],
      exclude: ["FORGERIES.md", "MODELS.md", "GROUND_TRUTH.md"],
      swiftSettings: safeRoom + optimized),
    .target(
      name: "Detection", dependencies: ["CFFTW", "CSVM", "Engine", "ONNX", "Media", "Faces"],
      exclude: ["NETWORKS.md", "Signals/SIGNALS.md"],
      swiftSettings: safeRoom + optimized),
    .target(name: "Search", dependencies: [], swiftSettings: safeRoom + optimized),
    .target(
      name: "Credentials",
      dependencies: [
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "_CryptoExtras", package: "swift-crypto"),
        .product(name: "SwiftASN1", package: "swift-asn1"),
        .product(name: "X509", package: "swift-certificates"),
      ], swiftSettings: safeRoom + optimized
    ),
    .target(
      name: "Records",
      dependencies: [
        "Credentials", "Engine", "Media", "Faces", "Search",
        .product(name: "GRDB", package: "GRDB.swift"),
      ], swiftSettings: safeRoom
    ),
    .target(
      name: "Workflows",
      dependencies: [
        "Engine", "ONNX", "Media", "Faces", "Synthesis", "Generation", "Detection", "Search",
        "Records",
      ], resources: [.embedInCode("Resources/page_guard.py")], swiftSettings: safeRoom
    ),
    .target(
      name: "Web",
      dependencies: [
        "Credentials", "Records", "Workflows",
        .product(name: "FlyingSocks", package: "FlyingFox"),
      ],
      resources: [
        .embedInCode("Resources/style.css"), .embedInCode("Resources/icon.svg"),
        .embedInCode("Resources/lab.js"), .embedInCode("Resources/player.js"),
        .embedInCode("Resources/wipe.js"), .embedInCode("Resources/webcam.js"),
        .embedInCode("Resources/openapi.json"),
      ], swiftSettings: safeRoom
    ),
    .executableTarget(
      name: "dflab",
      dependencies: [
        "Credentials", "Detection", "Engine", "Faces", "Generation", "Media", "Records", "Web",
        "Workflows",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: safeRoom),

    // Tests, one target per room.
    .target(
      name: "TestSupport", dependencies: ["Engine", "Faces", "Media", "Synthesis"],
      path: "Tests/TestSupport",
      swiftSettings: room),
    .testTarget(
      name: "EngineTests", dependencies: ["Engine", "TestSupport"], resources: [.copy("Golden")],
      swiftSettings: room),
    .testTarget(
      name: "ONNXTests", dependencies: ["ONNX", "TestSupport"],
      exclude: ["Conformance/export.py", "Models/export.py"], swiftSettings: room),
    .testTarget(
      name: "MediaTests", dependencies: ["Media", "TestSupport"], resources: [.copy("Pictures")],
      swiftSettings: room),
    .testTarget(
      name: "FacesTests", dependencies: ["Faces", "Synthesis", "TestSupport"], swiftSettings: room),
    .testTarget(
      name: "SynthesisTests", dependencies: ["Synthesis", "TestSupport"], swiftSettings: room),
    .testTarget(
      name: "GenerationTests", dependencies: ["Generation", "TestSupport"],
      resources: [.copy("Golden")],
      swiftSettings: room),
    .testTarget(
      name: "DetectionTests", dependencies: ["Detection", "ONNX", "Synthesis", "TestSupport"],
      resources: [.copy("Golden")],
      swiftSettings: room),
    .testTarget(
      name: "SearchTests", dependencies: ["Search"], exclude: ["Golden/search.py"],
      resources: [.copy("Golden/search.json")], swiftSettings: room),
    .testTarget(
      name: "CredentialsTests", dependencies: ["Credentials", "Media", "TestSupport"],
      exclude: ["Reference/make.py"], resources: [.copy("Reference")], swiftSettings: room),
    .testTarget(
      name: "RecordsTests",
      dependencies: [
        "Records", "Search", "TestSupport", .product(name: "GRDB", package: "GRDB.swift"),
      ], swiftSettings: room),
    .testTarget(
      name: "WorkflowsTests",
      dependencies: [
        "Credentials", "ONNX", "Workflows", "TestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      resources: [.copy("Pictures")],
      swiftSettings: room),
    .testTarget(
      name: "WebTests", dependencies: ["Web", "TestSupport"], swiftSettings: room),
    .testTarget(
      name: "dflabTests", dependencies: ["dflab", "TestSupport"],
      exclude: ["Snapshots", "Browser"], swiftSettings: room),
    .testTarget(name: "MapTests", swiftSettings: room),
  ],
  cxxLanguageStandard: .cxx17
)
