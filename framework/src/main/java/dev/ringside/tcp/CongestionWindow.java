// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.tcp;

/**
 * How many bytes may be in flight, as far as the network goes: slow start, congestion avoidance,
 * fast recovery (RFC 5681), and its end in the face of several losses (RFC 6582).
 */
final class CongestionWindow {

  /** How many segments may leave before anything is known of the network (RFC 6928). */
  private static final int INITIAL_SEGMENTS = 10;

  /** No window in a header is larger. */
  private static final int LARGEST = 1 << 20;

  private final int segment;
  private int bytes;
  private int threshold = LARGEST;
  private int grown;

  /** Creates one for segments of so many bytes. */
  CongestionWindow(int segment) {
    this.segment = segment;
    this.bytes = INITIAL_SEGMENTS * segment;
  }

  int bytes() {
    return bytes;
  }

  /** So many bytes have arrived, outside of a recovery. */
  void acknowledged(int count) {
    if (bytes < threshold) {
      bytes = Math.min(LARGEST, bytes + Math.min(count, 2 * segment)); // RFC 3465, 2.2
      return;
    }
    grown += count;
    if (grown >= bytes) {
      grown -= bytes;
      bytes = Math.min(LARGEST, bytes + segment);
    }
  }

  /** Nothing has come back in time. */
  void timedOut(int inFlight) {
    threshold = half(inFlight);
    bytes = segment;
    grown = 0;
  }

  /** The third duplicate acknowledgement: three segments have left the network. */
  void recover(int inFlight) {
    threshold = half(inFlight);
    bytes = threshold + 3 * segment;
  }

  private int half(int inFlight) {
    return Math.max(inFlight / 2, 2 * segment);
  }

  /** Another duplicate acknowledgement: another segment has left the network. */
  void duplicated() {
    bytes = Math.min(LARGEST, bytes + segment);
  }

  /** The hole is filled, and there is another one. */
  void partlyRecovered(int count) {
    bytes = Math.max(segment, bytes - count) + (count >= segment ? segment : 0);
  }

  void recovered() {
    bytes = threshold;
    grown = 0;
  }
}
