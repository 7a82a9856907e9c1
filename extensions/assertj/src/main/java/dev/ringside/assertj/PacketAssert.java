// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.ShouldBe;
import dev.ringside.assertj.error.ShouldHave;
import dev.ringside.assertj.error.ShouldHaveSameBytes;
import dev.ringside.assertj.error.ShouldMatch;
import dev.ringside.assertj.error.ShouldNotMatch;
import dev.ringside.packet.Malformation;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSpec;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about a packet.
 *
 * <pre>{@code
 * assertThat(packet).matches(udp().port(54)); // fails
 * assertThat(packet).matches(udp().port(53)).isWellFormed().hasRightChecksums();
 * }</pre>
 */
public class PacketAssert extends AbstractRingsideAssert<PacketAssert, Packet> {
  /** Assertions about this one. */
  public PacketAssert(@Nullable Packet actual) {
    super(actual, PacketAssert.class);
  }

  @Override
  protected String subject() {
    return "packet " + actual;
  }

  private String fault() {
    return String.valueOf(actual.malformationDescription());
  }

  /**
   * That it has every field that is said, with that value.
   *
   * <pre>{@code
   * assertThat(packet).matches(udp().port(53)); // passes
   * }</pre>
   */
  public PacketAssert matches(PacketSpec wanted) {
    return verify(() -> wanted.matches(actual) ? null : new ShouldMatch(actual, wanted));
  }

  /**
   * That it differs in at least one of the fields that are said.
   *
   * <pre>{@code
   * assertThat(packet).doesNotMatch(tcp()); // passes
   * assertThat(packet).doesNotMatch(udp()); // fails
   * }</pre>
   */
  public PacketAssert doesNotMatch(PacketSpec unwanted) {
    return verify(() -> unwanted.matches(actual) ? new ShouldNotMatch(actual, unwanted) : null);
  }

  /**
   * That both have exactly the same bytes; their ids do not matter.
   *
   * <pre>{@code
   * assertThat(packet).hasSameBytesAs(sent); // passes
   * assertThat(packet).hasSameBytesAs(another); // fails
   * }</pre>
   */
  public PacketAssert hasSameBytesAs(Packet other) {
    return verify(() -> actual.hasSameBytes(other) ? null : new ShouldHaveSameBytes(actual, other));
  }

  /**
   * That no header contradicts the bytes that are there.
   *
   * <pre>{@code
   * assertThat(udp().to(web).toPacket()).isWellFormed(); // passes
   * assertThat(Packet.of(new byte[9])).isWellFormed(); // fails
   * }</pre>
   */
  public PacketAssert isWellFormed() {
    return verify(
        () ->
            actual.isMalformed()
                ? new ShouldBe(subject(), "well-formed", "malformed: " + fault(), evidence())
                : null);
  }

  /**
   * That some header contradicts the bytes that are there.
   *
   * <pre>{@code
   * assertThat(Packet.of(new byte[9])).isMalformed(); // passes
   * assertThat(udp().to(web).toPacket()).isMalformed(); // fails
   * }</pre>
   */
  public PacketAssert isMalformed() {
    return verify(
        () ->
            actual.isMalformed()
                ? null
                : new ShouldBe(subject(), "malformed", "well-formed", evidence()));
  }

  /**
   * That this is what is wrong with it, in the words of {@link Packet#malformationDescription}.
   *
   * <pre>{@code
   * assertThat(cut).isMalformed("ethernet header needs 14 bytes, 9 are present"); // passes
   * assertThat(cut).isMalformed("udp header needs 8 bytes, 9 are present"); // fails
   * }</pre>
   */
  public PacketAssert isMalformed(String fault) {
    return verify(
        () ->
            fault.equals(actual.malformationDescription())
                ? null
                : new ShouldBe(
                    subject(),
                    "malformed: " + fault,
                    actual.isMalformed() ? "malformed: " + fault() : "well-formed",
                    evidence()));
  }

  /**
   * That this is what is wrong with it.
   *
   * <pre>{@code
   * assertThat(cut).isMalformed(Malformation.ETHERNET_TRUNCATED); // passes
   * assertThat(cut).isMalformed(Malformation.UDP_TRUNCATED); // fails
   * }</pre>
   */
  public PacketAssert isMalformed(Malformation malformation) {
    return verify(
        () ->
            actual.malformation() == malformation
                ? null
                : new ShouldBe(
                    subject(),
                    "malformed, " + malformation,
                    actual.isMalformed()
                        ? "malformed, " + actual.malformation() + ": " + fault()
                        : "well-formed",
                    evidence()));
  }

  /**
   * That all checksums which can be checked are right.
   *
   * <pre>{@code
   * assertThat(udp().to(web).toPacket()).hasRightChecksums(); // passes
   * assertThat(udp().to(web).ipChecksum(1).toPacket()).hasRightChecksums(); // fails
   * }</pre>
   */
  public PacketAssert hasRightChecksums() {
    return verify(
        () ->
            actual.checksumFault() == null
                ? null
                : new ShouldHave(
                    subject(), "right checksums", "not: " + actual.checksumFault(), evidence()));
  }

  /**
   * That a checksum is wrong.
   *
   * <pre>{@code
   * assertThat(udp().to(web).ipChecksum(1).toPacket()).hasWrongChecksum(); // passes
   * assertThat(udp().to(web).toPacket()).hasWrongChecksum(); // fails
   * }</pre>
   */
  public PacketAssert hasWrongChecksum() {
    return verify(
        () ->
            actual.checksumFault() != null
                ? null
                : new ShouldHave(subject(), "a wrong checksum", "none", evidence()));
  }
}
