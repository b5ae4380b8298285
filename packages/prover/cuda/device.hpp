// The thin layer between the proof and CUDA. With HOTARU_HOST the same program is plain C++: kernels are loops, so that
// its logic can be tried, byte for byte, where there is no GPU.
#pragma once
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string>

struct Refusal : std::runtime_error {
  using std::runtime_error::runtime_error;
};

#ifdef HOTARU_HOST

#define DEVICE inline
#define SHARED static
#define BARRIER
// One after the other where a GPU has them at the same time; what a thread owns between barriers is an array of all.
#define THREADS(t) for (unsigned t = 0; t < 256; t++)
#define OWN(type, name, count) static type name##All[256][count]
#define MINE(name, t) name##All[t]
#define UNROLL

struct Word4 {
  uint32_t x, y, z, w;
};

template <class Work> void run(uint64_t count, Work work) {
  for (uint64_t i = 0; i < count; i++) work(i);
}
template <class Work> void runBlocks(unsigned columns, unsigned rows, Work work) {
  for (unsigned y = 0; y < rows; y++)
    for (unsigned x = 0; x < columns; x++) work(x, y);
}
inline void *takeBytes(uint64_t size) { return std::malloc(size); }
inline void freeBytes(void *bytes) { std::free(bytes); }
inline void readBytes(void *to, const void *from, uint64_t size) { std::memcpy(to, from, size); }
inline void settle() {}
inline std::string describeDevice() { return "this program as plain C++"; }
inline const char *deviceKind() { return "cpu"; }
inline bool hasTensorUnits() { return true; }

#else

#include <cuda_runtime.h>

#define DEVICE __device__ __forceinline__
#define SHARED __shared__
#define BARRIER __syncthreads()
#define THREADS(t) if ([[maybe_unused]] const unsigned t = threadIdx.x; true)
#define OWN(type, name, count) type name[count]
#define MINE(name, t) name
#define UNROLL _Pragma("unroll")

using Word4 = uint4;

inline void check(cudaError_t status) {
  if (status != cudaSuccess) throw Refusal(std::string("Cannot use the GPU: CUDA says ") + cudaGetErrorString(status));
}
template <class Work> __global__ void each(uint64_t count, Work work) {
  const uint64_t i = uint64_t(blockIdx.x) * blockDim.x + threadIdx.x;
  if (i < count) work(i);
}
template <class Work> __global__ void __launch_bounds__(256) block(Work work) { work(blockIdx.x, blockIdx.y); }
template <class Work> void run(uint64_t count, Work work) {
  each<<<unsigned((count + 127) / 128), 128>>>(count, work);
  check(cudaGetLastError());
}
template <class Work> void runBlocks(unsigned columns, unsigned rows, Work work) {
  block<<<dim3(columns, rows), 256>>>(work);
  check(cudaGetLastError());
}
inline void *takeBytes(uint64_t size) {
  void *bytes = nullptr;
  if (cudaMalloc(&bytes, size) == cudaSuccess) return bytes;
  cudaGetLastError();
  return nullptr;
}
inline void freeBytes(void *bytes) { cudaFree(bytes); }
inline void readBytes(void *to, const void *from, uint64_t size) {
  check(cudaMemcpy(to, from, size, cudaMemcpyDeviceToHost));
}
inline void settle() { check(cudaDeviceSynchronize()); }
inline cudaDeviceProp properties() {
  cudaDeviceProp found;
  check(cudaGetDeviceProperties(&found, 0));
  return found;
}
inline std::string describeDevice() { return properties().name; }
inline const char *deviceKind() { return "gpu"; }
inline bool hasTensorUnits() { return properties().major >= 8; }

#endif

// Memory of the device, freed with what holds it.
class Room {
 public:
  Room(const char *what, uint64_t size) : bytes(takeBytes(size)) {
    if (bytes) return;
    throw Refusal(std::string("Cannot make room for ") + what + ": the GPU has not so much left, expected " +
                  std::to_string(size) + " bytes");
  }
  Room(Room &&other) noexcept : bytes(other.bytes) { other.bytes = nullptr; }
  Room(const Room &) = delete;
  ~Room() {
    if (bytes) freeBytes(bytes);
  }
  template <class Type> Type *as() const { return static_cast<Type *>(bytes); }

 private:
  void *bytes;
};
