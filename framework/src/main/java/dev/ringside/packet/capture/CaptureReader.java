// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet.capture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a pcap or pcapng file, packet by packet; which of the two it is, its first bytes tell.
 *
 * <pre>{@code
 * try (CaptureReader reader = CaptureReader.open(Path.of("everyday.pcap"))) {
 *   for (CapturedPacket captured : reader) {
 *     System.out.println(captured.nanos() + " " + captured.packet());
 *   }
 * }
 * }</pre>
 *
 * <p>Only one packet is in memory at a time. A damaged file delivers all packets before the damage,
 * and then throws; asked again, it throws the same exception again. Packets come in the order of
 * the file, which need not be the order of their times: see {@link ReplayTimeline}.
 *
 * <p>A frame that was captured with more than {@link dev.ringside.packet.Packet#MAX_BYTES} bytes is
 * cut there and counts as truncated. A frame check sequence in the file stays where it is, at the
 * end of the packet.
 */
public final class CaptureReader implements Iterable<CapturedPacket>, AutoCloseable {
  private final CaptureInput input;
  private final CaptureFormat format;
  private @Nullable CaptureException damage;
  private boolean atEnd;
  private boolean closed;

  private CaptureReader(CaptureInput input) {
    this.input = input;
    this.format = recognize(input);
  }

  /**
   * Opens a file and reads its header.
   *
   * @throws CaptureException if it does not exist, is no capture, or its header is damaged
   */
  public static CaptureReader open(Path file) {
    try {
      return open(Files.newInputStream(file), file.toString());
    } catch (NoSuchFileException e) {
      throw CaptureException.notOpened(file.toString(), "it does not exist", e);
    } catch (IOException e) {
      throw CaptureException.notOpened(file.toString(), String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Reads from a stream, such as a resource beside a test; closing the reader closes it.
   *
   * <pre>{@code
   * String name = "/captures/everyday.pcap";
   * CaptureReader reader = CaptureReader.open(getClass().getResourceAsStream(name), name);
   * }</pre>
   *
   * @param stream the bytes; null, as {@code getResourceAsStream} gives, is a file that does not
   *     exist
   * @param name how messages call it
   * @throws CaptureException if there is no stream, it is no capture, or its header is damaged
   */
  public static CaptureReader open(@Nullable InputStream stream, String name) {
    if (stream == null) {
      throw CaptureException.notOpened(name, "it does not exist", null);
    }
    CaptureInput input = new CaptureInput(stream, name);
    try {
      return new CaptureReader(input);
    } catch (CaptureException e) {
      input.close();
      throw e;
    }
  }

  /**
   * All packets of a file at once.
   *
   * @throws CaptureException if any of it is damaged; to get the packets before the damage, take
   *     them one by one
   */
  public static List<CapturedPacket> readAll(Path file) {
    try (CaptureReader reader = open(file)) {
      return reader.readAll();
    }
  }

  /**
   * All packets of a stream at once, which is closed then; see {@link #open(InputStream, String)}.
   */
  public static List<CapturedPacket> readAll(@Nullable InputStream stream, String name) {
    try (CaptureReader reader = open(stream, name)) {
      return reader.readAll();
    }
  }

  private List<CapturedPacket> readAll() {
    List<CapturedPacket> packets = new ArrayList<>();
    for (CapturedPacket packet = next(); packet != null; packet = next()) {
      packets.add(packet);
    }
    return packets;
  }

  private static CaptureFormat recognize(CaptureInput input) {
    int got = input.read(0, 4);
    CaptureFormat format = null;
    if (got == 4) {
      format = PcapngFormat.recognize(input);
      format = format == null ? PcapFormat.recognize(input) : format;
    }
    if (format == null) {
      throw input.notACapture(firstBytes(input, got));
    }
    return format;
  }

  private static String firstBytes(CaptureInput input, int count) {
    StringBuilder text = new StringBuilder(count == 0 ? "it is empty" : "it starts with");
    for (int i = 0; i < count; i++) {
      int value = input.u8(i);
      text.append(value < 16 ? " 0" : " ").append(Integer.toHexString(value));
    }
    text.append(", but pcap starts with a1 b2 c3 d4, a1 b2 3c 4d or one of them reversed,");
    text.append(" and pcapng with 0a 0d 0d 0a");
    if (count > 1 && input.u8(0) == 0x1f && input.u8(1) == 0x8b) {
      text.append("; it is compressed with gzip: unpack it first");
    }
    return text.toString();
  }

  /**
   * The next packet, null at the end of the file.
   *
   * @throws CaptureException if the file is damaged here
   * @throws IllegalStateException if the reader is closed
   */
  public @Nullable CapturedPacket next() {
    if (closed) {
      throw new IllegalStateException(input.name() + " is closed: open it again to read it");
    }
    if (damage != null) {
      throw damage;
    }
    if (atEnd) {
      return null;
    }
    try {
      CapturedPacket packet = format.next();
      atEnd = packet == null;
      return packet;
    } catch (CaptureException e) {
      damage = e;
      throw e;
    }
  }

  /** The packets that were not yet read. There is one way through a file: iterators share it. */
  @Override
  public Iterator<CapturedPacket> iterator() {
    return new Remaining();
  }

  /** Closes the file. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      input.close();
    }
  }

  private final class Remaining implements Iterator<CapturedPacket> {
    private @Nullable CapturedPacket ahead;

    @Override
    public boolean hasNext() {
      if (ahead == null) {
        ahead = CaptureReader.this.next();
      }
      return ahead != null;
    }

    @Override
    public CapturedPacket next() {
      CapturedPacket packet = hasNext() ? ahead : null;
      ahead = null;
      if (packet == null) {
        throw new NoSuchElementException(input.name() + " has no more packets");
      }
      return packet;
    }
  }
}
