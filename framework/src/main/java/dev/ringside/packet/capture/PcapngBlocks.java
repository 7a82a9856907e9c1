// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet.capture;

/**
 * The frames around all that a pcapng file holds: each block tells its length twice.
 *
 * <pre>
 *    0      4              8                          length - 4
 *   +------+--------------+--------------------------+--------------+
 *   | type | total length | body, options at its end | total length |
 *   +------+--------------+--------------------------+--------------+
 * </pre>
 */
final class PcapngBlocks {
  /** Type and first length. */
  static final int HEADER_BYTES = 8;

  /** Header and second length. */
  static final int FRAME_BYTES = 12;

  /** Of a block whose body is read. */
  private static final int MAX_BLOCK_BYTES = 1 << 24;

  private final CaptureInput input;
  private int interfaces;

  PcapngBlocks(CaptureInput input) {
    this.input = input;
  }

  /** How many interfaces the file has so far, all sections together. */
  int interfaceCount() {
    return interfaces;
  }

  void countInterface() {
    interfaces++;
  }

  /** Refuses a file that ends within the first bytes of a block. */
  void checkHeader(int got) {
    if (got < HEADER_BYTES) {
      throw input.damage("a block header has 8 bytes, the file ends after " + got + " of them");
    }
  }

  /** The length at the start of a block, if it can be true. */
  private long checkedLength(int type, int least, long most) {
    long length = input.u32(4);
    if (length < least) {
      throw input.damage(says(type, length) + ", the least is " + least);
    }
    if (length > most) {
      throw input.damage(says(type, length) + ", the limit is " + Decimal.grouped(most));
    }
    if (length % 4 != 0) {
      throw input.damage(says(type, length) + ", which is not a multiple of 4");
    }
    return length;
  }

  /** Reads the rest of a block behind its header, and tells where in the buffer its body ends. */
  int readBody(int type, int least) {
    return readBody(type, least, HEADER_BYTES);
  }

  /** The same where more of it is in the buffer than its header. */
  int readBody(int type, int least, int alreadyRead) {
    int length = (int) checkedLength(type, least, MAX_BLOCK_BYTES);
    int got = alreadyRead + input.read(alreadyRead, length - alreadyRead);
    if (got < length) {
      throw cutOff(type, length, got);
    }
    checkTrailer(type, length, input.u32(length - 4));
    return length - 4;
  }

  /** Reads past a block nobody wants, which may be of any length. */
  void skip(int type) {
    long length = checkedLength(type, FRAME_BYTES, 0xffff_fffcL);
    long body = length - FRAME_BYTES;
    long got = HEADER_BYTES + input.skip(body);
    got += got < HEADER_BYTES + body ? 0 : input.read(0, 4);
    if (got < length) {
      throw cutOff(type, length, got);
    }
    checkTrailer(type, length, input.u32(0));
  }

  private void checkTrailer(int type, long length, long trailer) {
    if (trailer != length) {
      throw input.damage(
          says(type, length) + " at its start and " + Decimal.grouped(trailer) + " at its end");
    }
  }

  private CaptureException cutOff(int type, long length, long got) {
    return input.damage(
        says(type, length) + ", the file ends after " + Decimal.grouped(got) + " of them");
  }

  private String says(int type, long length) {
    return blockName(type) + " says it has " + Decimal.grouped(length) + " bytes";
  }

  private String blockName(int type) {
    return switch (type) {
      case PcapngFormat.SECTION_HEADER -> "a section header";
      case PcapngFormat.INTERFACE_DESCRIPTION -> "the block of interface " + interfaces;
      case PcapngFormat.ENHANCED_PACKET, PcapngFormat.SIMPLE_PACKET, PcapngFormat.OBSOLETE_PACKET ->
          "the block of " + input.packetName();
      default -> "a block of type 0x" + Integer.toHexString(type);
    };
  }
}
