#!/bin/sh
# Generates onnx.pb.swift from onnx.proto, which comes from the Python package onnx.
# Needs protoc and swift-protobuf's plugin: swift build --product protoc-gen-swift
set -e
cd "$(dirname "$0")"
protoc --plugin=protoc-gen-swift="$(cd ../../.. && pwd)/.build/debug/protoc-gen-swift" --swift_out=. \
  --swift_opt=Visibility=Internal --swift_opt=UseAccessLevelOnImports=true onnx.proto
# One import, and the keyword that strict memory safety asks for.
sed -i -e '/^#if canImport(FoundationEssentials)/,/^#endif/c\internal import Foundation' \
  -e 's/= _StorageClass.defaultInstance/= unsafe _StorageClass.defaultInstance/' onnx.pb.swift
