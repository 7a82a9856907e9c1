// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet.capture;

import static dev.ringside.packet.capture.CaptureBytes.frame;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a capture is opened, gone through and closed, whatever its format. */
class CaptureReaderTest {
  @TempDir Path directory;

  private static CaptureBytes twoPackets() {
    return new CaptureBytes(LITTLE_ENDIAN)
        .pcapHeader(0xa1b2c3d4)
        .pcapPacket(0, 0, frame(60))
        .pcapPacket(1, 0, frame(61));
  }

  @Test
  void reads_a_file_packet_by_packet_and_then_null() throws IOException {
    Path file = Files.write(directory.resolve("two.pcap"), twoPackets().bytes());

    try (CaptureReader reader = CaptureReader.open(file)) {
      assertThat(reader.next().packet().length()).isEqualTo(60);
      assertThat(reader.next().packet().length()).isEqualTo(61);
      assertThat(reader.next()).isNull();
      assertThat(reader.next()).isNull();
    }
    assertThat(CaptureReader.readAll(file)).hasSize(2);
  }

  @Test
  void iterators_share_the_way_through_the_file() {
    CaptureReader reader = twoPackets().open();

    assertThat(reader.iterator().next().packet().length()).isEqualTo(60);
    Iterator<CapturedPacket> rest = reader.iterator();
    assertThat(rest.hasNext()).isTrue();
    assertThat(rest.hasNext()).isTrue();
    assertThat(rest.next().packet().length()).isEqualTo(61);
    assertThat(rest.hasNext()).isFalse();
    assertThatThrownBy(rest::next)
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("made.pcap has no more packets");
  }

  @Test
  void a_damaged_file_gives_the_same_error_again() {
    CaptureReader reader = twoPackets().u8(0).open();
    reader.next();
    reader.next();

    CaptureException first = errorOf(reader);
    assertThat(first).hasMessageStartingWith("made.pcap is damaged at byte 177");
    assertThat(errorOf(reader)).isSameAs(first);
  }

  private static CaptureException errorOf(CaptureReader reader) {
    try {
      throw new AssertionError("got " + reader.next());
    } catch (CaptureException e) {
      return e;
    }
  }

  @Test
  void a_closed_reader_says_so() {
    CaptureReader reader = twoPackets().open();
    reader.close();
    reader.close();

    assertThatThrownBy(reader::next)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("made.pcap is closed: open it again to read it");
  }

  @Test
  void a_file_does_not_exist() {
    Path file = directory.resolve("none.pcap");

    assertThatThrownBy(() -> CaptureReader.open(file))
        .isInstanceOf(CaptureException.class)
        .hasMessage(file + " cannot be opened: it does not exist");
    assertThatThrownBy(() -> CaptureReader.open(null, "/captures/none.pcap"))
        .isInstanceOf(CaptureException.class)
        .hasMessage("/captures/none.pcap cannot be opened: it does not exist");
  }

  @Test
  void a_directory_is_no_file() {
    assertThatThrownBy(() -> CaptureReader.open(directory))
        .isInstanceOf(CaptureException.class)
        .hasMessageStartingWith(directory + " cannot be ");
  }

  @Test
  void the_file_is_closed_with_the_reader_and_where_it_is_no_capture() {
    Closing sound = new Closing(twoPackets().bytes());
    CaptureReader.readAll(sound, "sound");
    Closing unsound = new Closing("Hello, world".getBytes());
    assertThatThrownBy(() -> CaptureReader.open(unsound, "unsound"))
        .isInstanceOf(CaptureException.class);

    assertThat(sound.closed).isEqualTo(1);
    assertThat(unsound.closed).isEqualTo(1);
  }

  @Test
  void a_disk_that_fails_is_told_with_its_cause() {
    InputStream in =
        new SequenceInputStream(new ByteArrayInputStream(twoPackets().bytes()), new Failing());
    CaptureReader reader = CaptureReader.open(in, "disk.pcap");
    reader.next();
    reader.next();

    assertThatThrownBy(reader::next)
        .isInstanceOf(CaptureException.class)
        .hasCauseInstanceOf(IOException.class)
        .hasMessage(
            "disk.pcap cannot be read past byte 177: disk on fire; the 2 packets before it were"
                + " read");
  }

  @Test
  void a_stream_that_gives_one_byte_at_a_time_is_read_whole() {
    InputStream slow =
        new ByteArrayInputStream(twoPackets().bytes()) {
          @Override
          public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(1, length));
          }
        };

    assertThat(CaptureReader.readAll(slow, "slow.pcap")).hasSize(2);
  }

  /** Counts how often it is closed. */
  private static final class Closing extends ByteArrayInputStream {
    private int closed;

    private Closing(byte[] bytes) {
      super(bytes);
    }

    @Override
    public void close() {
      closed++;
    }
  }

  private static final class Failing extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("disk on fire");
    }
  }
}
