"""The small language model: token states and sentence vectors. The only package that knows ONNX Runtime."""
