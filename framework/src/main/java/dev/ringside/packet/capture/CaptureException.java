// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet.capture;

import org.jspecify.annotations.Nullable;

/**
 * A capture that cannot be read or written, or not further: which file, where in it, and why.
 *
 * <pre>{@code
 * try (CaptureReader reader = CaptureReader.open(path)) {
 *   for (CapturedPacket captured : reader) {
 *     packets.add(captured.packet());
 *   }
 * } catch (CaptureException damage) {
 *   // everyday.pcap is damaged at byte 1,234: packet 17 says it has 4,000,000 bytes, the limit is
 *   // 262,144; the 16 packets before it were read
 *   log(damage.getMessage());
 * }
 * }</pre>
 */
public final class CaptureException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String file;
  private final long offset;
  private final String reason;
  private final long packets;

  CaptureException(
      String file,
      String what,
      long offset,
      String reason,
      long packets,
      String consequence,
      @Nullable Throwable cause) {
    super(file + what + ": " + reason + consequence, cause);
    this.file = file;
    this.offset = offset;
    this.reason = reason;
    this.packets = packets;
  }

  /** A file that cannot even be opened. */
  static CaptureException notOpened(String file, String reason, @Nullable Throwable cause) {
    return new CaptureException(file, " cannot be opened", 0, reason, 0, "", cause);
  }

  /** The capture's path, or the name that was given with its stream. */
  public String file() {
    return file;
  }

  /**
   * The first byte, counted from 0, of the packet or block that is damaged, 0 if it is the file's
   * header. Of a capture that is written: how many bytes were given to it.
   */
  public long offset() {
    return offset;
  }

  /** What is wrong, without the place. */
  public String reason() {
    return reason;
  }

  /** How many packets were read, or written, before. */
  public long packetsBefore() {
    return packets;
  }
}
