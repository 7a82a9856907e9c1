// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import java.nio.charset.StandardCharsets;

/**
 * What can be said about packets that carry a payload.
 *
 * <pre>{@code
 * udp().to(web).payload("query")
 * tcp().to(web).payloadSize(1_400)
 * }</pre>
 *
 * @param <S> the kind of packet
 */
public abstract class PayloadSpec<S extends PayloadSpec<S>> extends FrameSpec<S> {

  PayloadSpec(Constraints given) {
    super(given);
  }

  /** With this payload. */
  public S payload(byte[] bytes) {
    return copy(given.without(Field.PAYLOAD_SIZE).with(Field.PAYLOAD, bytes.clone()));
  }

  /** With this payload, in UTF-8. */
  public S payload(String text) {
    return payload(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * With a payload of this size; sent, byte i has the value i modulo 256.
   *
   * @throws IllegalArgumentException if the size is negative or exceeds a frame
   */
  public S payloadSize(int bytes) {
    return copy(given.without(Field.PAYLOAD).with(Field.PAYLOAD_SIZE, bytes));
  }

  final boolean hasPayload() {
    return given.has(Field.PAYLOAD) || given.has(Field.PAYLOAD_SIZE);
  }

  int payloadBytes() {
    return given.get(Field.PAYLOAD) instanceof byte[] bytes
        ? bytes.length
        : given.integer(Field.PAYLOAD_SIZE, 0);
  }

  void writePayload(byte[] frame, int at) {
    if (given.get(Field.PAYLOAD) instanceof byte[] bytes) {
      System.arraycopy(bytes, 0, frame, at, bytes.length);
      return;
    }
    int size = given.integer(Field.PAYLOAD_SIZE, 0);
    for (int i = 0; i < size; i++) {
      frame[at + i] = (byte) i;
    }
  }
}
