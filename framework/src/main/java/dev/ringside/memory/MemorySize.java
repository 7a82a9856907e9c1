// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

/**
 * So many bytes of memory.
 *
 * <pre>{@code
 * host.memory().reserve("web", bytes(3_000));
 * host.memory().reserve("db", kibibytes(64));
 * }</pre>
 *
 * @param bytes how many, 0 or more
 */
public record MemorySize(long bytes) {

  /** Checks that it is not negative. */
  public MemorySize {
    if (bytes < 0) {
      throw new IllegalArgumentException("memory of " + bytes + " bytes: say 0 or more");
    }
  }

  /** So many bytes. */
  public static MemorySize bytes(long number) {
    return new MemorySize(number);
  }

  /** So many times 1,024 bytes. */
  public static MemorySize kibibytes(long number) {
    return new MemorySize(Math.multiplyExact(number, 1L << 10));
  }

  /** So many times 1,048,576 bytes. */
  public static MemorySize mebibytes(long number) {
    return new MemorySize(Math.multiplyExact(number, 1L << 20));
  }

  /** As in a message: {@code 3000 bytes}. */
  @Override
  public String toString() {
    return text(bytes);
  }

  static String text(long bytes) {
    return bytes == 1 ? "1 byte" : bytes + " bytes";
  }
}
