// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet.capture;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newer format: blocks, of which a section header sets the byte order and starts anew, an
 * interface description adds an interface, and three kinds hold a packet. All others are skipped.
 */
final class PcapngFormat extends CaptureFormat {
  static final int SECTION_HEADER = 0x0a0d0d0a;
  static final int INTERFACE_DESCRIPTION = 1;
  static final int OBSOLETE_PACKET = 2;
  static final int SIMPLE_PACKET = 3;
  static final int ENHANCED_PACKET = 6;

  static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;

  private final List<PcapngInterface> interfaces = new ArrayList<>();
  private final PcapngBlocks blocks;

  private PcapngFormat(CaptureInput input) {
    super(input);
    this.blocks = new PcapngBlocks(input);
  }

  /** The format for these first four bytes, already in the buffer, or null if not pcapng. */
  static @Nullable PcapngFormat recognize(CaptureInput input) {
    if (input.s32(0) != SECTION_HEADER) {
      return null; // a palindrome: the byte order does not matter
    }
    PcapngFormat format = new PcapngFormat(input);
    format.blocks.checkHeader(4 + input.read(4, PcapngBlocks.HEADER_BYTES - 4));
    format.readSectionHeader();
    return format;
  }

  @Override
  @Nullable CapturedPacket next() {
    while (true) {
      input.startRecord();
      int header = input.read(0, PcapngBlocks.HEADER_BYTES);
      if (header == 0) {
        return null;
      }
      blocks.checkHeader(header);
      int type = input.s32(0);
      switch (type) {
        case SECTION_HEADER -> readSectionHeader();
        case INTERFACE_DESCRIPTION -> readInterface(blocks.readBody(type, 20));
        case ENHANCED_PACKET -> {
          return readEnhanced(blocks.readBody(type, 32));
        }
        case SIMPLE_PACKET -> {
          return readSimple(blocks.readBody(type, 16));
        }
        case OBSOLETE_PACKET -> {
          return readObsolete(blocks.readBody(type, 32));
        }
        default -> blocks.skip(type);
      }
    }
  }

  // ---- sections and interfaces ----

  private void readSectionHeader() {
    int got = PcapngBlocks.HEADER_BYTES + input.read(PcapngBlocks.HEADER_BYTES, 4);
    if (got < PcapngBlocks.FRAME_BYTES) {
      throw input.damage(
          "a section header has at least 28 bytes, the file ends after " + got + " of them");
    }
    input.bigEndian(true);
    int magic = input.s32(PcapngBlocks.HEADER_BYTES);
    input.bigEndian(magic == BYTE_ORDER_MAGIC);
    if (input.s32(PcapngBlocks.HEADER_BYTES) != BYTE_ORDER_MAGIC) {
      throw input.damage(
          "a section header has the byte-order magic 0x"
              + Integer.toHexString(magic)
              + ", it must be 0x1a2b3c4d or 0x4d3c2b1a");
    }
    blocks.readBody(SECTION_HEADER, 28, PcapngBlocks.FRAME_BYTES);
    checkVersion(input.u16(12), input.u16(14));
    interfaces.clear();
  }

  /** Some writers said 1.2 and meant 1.0, as the draft notes. */
  private void checkVersion(int major, int minor) {
    if (major != 1 || (minor != 0 && minor != 2)) {
      throw input.unsupported(
          "its pcapng version is " + major + "." + minor + ", only 1.0 can be read");
    }
  }

  private void readInterface(int end) {
    int index = blocks.interfaceCount();
    int resolution = TimeUnits.MICROSECONDS;
    long offsetSeconds = 0;
    String name = "";
    PcapngOptions options = new PcapngOptions(input, "interface " + index, 16, end);
    while (options.next()) {
      switch (options.code()) {
        case PcapngOptions.INTERFACE_NAME -> name = options.text();
        case PcapngOptions.TIME_RESOLUTION -> resolution = options.byteValue();
        case PcapngOptions.TIME_OFFSET -> offsetSeconds = options.longValue();
        default -> {} // nothing that a packet needs
      }
    }
    TimeUnits units = new TimeUnits(resolution, offsetSeconds);
    interfaces.add(new PcapngInterface(index, name, input.u16(8), input.u32(12), units));
    blocks.countInterface();
  }

  private PcapngInterface interfaceOf(long numberInSection) {
    if (numberInSection >= interfaces.size()) {
      throw input.damage(
          input.packetName()
              + " is of interface "
              + Decimal.grouped(numberInSection)
              + " of its section, which has "
              + interfaces.size());
    }
    PcapngInterface owner = interfaces.get((int) numberInSection);
    if (owner.linkType() != LinkType.ETHERNET) {
      throw input.unsupported(
          input.packetName()
              + " is of "
              + owner.describe()
              + " with link type "
              + LinkType.describe(owner.linkType())
              + ", only 1 (Ethernet) can be read");
    }
    return owner;
  }

  // ---- packets ----

  private CapturedPacket readEnhanced(int end) {
    return readTimed(interfaceOf(input.u32(8)), end);
  }

  /** Its interface number has 16 bits, beside a count of drops; the rest is the same. */
  private CapturedPacket readObsolete(int end) {
    return readTimed(interfaceOf(input.u16(8)), end);
  }

  private CapturedPacket readTimed(PcapngInterface owner, int end) {
    long captured = input.u32(20);
    long original = input.u32(24);
    checkLengths(captured, original);
    checkRoom(captured, end - 28);
    long nanos = owner.units().toNanos(CaptureInput.join(input.u32(12), input.u32(16)));
    if (nanos == TimeUnits.OUT_OF_RANGE) {
      throw input.damage(input.packetName() + " is dated beyond the years 1677 to 2262");
    }
    int length = (int) captured;
    List<String> comments = comments(28 + PcapngOptions.padded(length), end);
    return deliver(nanos, 28, length, original, owner.index(), owner.name(), comments);
  }

  /** Holds neither time nor captured length: that follows from the limit of its interface. */
  private CapturedPacket readSimple(int end) {
    PcapngInterface owner = interfaceOf(0);
    long original = input.u32(8);
    long limit = owner.snapLength() == 0 ? original : owner.snapLength();
    long captured = Math.min(original, limit);
    checkLengths(captured, original);
    checkRoom(captured, end - 12);
    return deliver(
        CapturedPacket.NO_TIME,
        12,
        (int) captured,
        original,
        owner.index(),
        owner.name(),
        List.of());
  }

  private void checkRoom(long captured, int room) {
    if (captured > room) {
      throw input.damage(says(captured) + ", its block has room for " + Decimal.grouped(room));
    }
  }

  private List<String> comments(int at, int end) {
    if (at >= end) {
      return List.of();
    }
    List<String> comments = new ArrayList<>();
    PcapngOptions options = new PcapngOptions(input, input.packetName(), at, end);
    while (options.next()) {
      if (options.code() == PcapngOptions.COMMENT) {
        comments.add(options.text());
      }
    }
    return comments;
  }
}
