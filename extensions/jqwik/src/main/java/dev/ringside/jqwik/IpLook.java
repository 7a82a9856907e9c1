// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik;

import dev.ringside.packet.IpPacketSpec;
import dev.ringside.packet.IpProtocol;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * What an IP header looks like apart from its addresses.
 *
 * @param version 4 or 6
 * @param ttl the time to live
 * @param services the six bits of DSCP and the two of ECN
 * @param extras how many words of IPv4 options, or how many IPv6 extension headers
 * @param fragment the place of the fragment in units of eight bytes; -1 for a whole packet
 */
record IpLook(int version, int ttl, int services, int extras, int fragment) {

  private static final int WHOLE = -1;
  private static final int MAX_EXTRAS = 3;
  private static final int MAX_BYTE = 255;

  /** Fills eight bytes (RFC 8200, 4.2). */
  private static final byte[] PADDING = {0, 0, 1, 4, 0, 0, 0, 0};

  /** In the order that RFC 8200 recommends. */
  private static final int[] EXTENSIONS = {
    IpProtocol.HOP_BY_HOP, IpProtocol.ROUTING, IpProtocol.DESTINATION_OPTIONS
  };

  static Arbitrary<IpLook> looks() {
    Arbitrary<Integer> fragments =
        Arbitraries.frequencyOf(
            Tuple.of(8, Arbitraries.just(WHOLE)), Tuple.of(1, Arbitraries.of(0, 1, 185, 8_191)));
    return Combinators.combine(
            Arbitraries.of(4, 6),
            Arbitraries.of(64, 1, 0, 255),
            Arbitraries.integers().between(0, MAX_BYTE),
            Arbitraries.integers().between(0, MAX_EXTRAS),
            fragments)
        .as(IpLook::new)
        .withoutEdgeCases();
  }

  /** Whether it has no transport header, which only the first fragment has. */
  boolean isLaterFragment() {
    return fragment > 0;
  }

  /** As it is. */
  <S extends IpPacketSpec<S>> S dress(S plain) {
    S spec = plain.ttl(ttl).dscp(services >> 2).ecn(services & 3);
    spec = version == 6 ? withExtensions(spec.ipv6()) : withOptions(spec);
    return fragment == WHOLE ? spec : spec.fragment(8 * fragment, false).identification(ttl);
  }

  /** For protocols that there is in IPv4 only, and in one piece. */
  <S extends IpPacketSpec<S>> S dressV4(S plain) {
    return withOptions(plain.ttl(ttl).dscp(services >> 2).ecn(services & 3));
  }

  private <S extends IpPacketSpec<S>> S withOptions(S spec) {
    if (extras == 0) {
      return spec;
    }
    byte[] noOperations = new byte[4 * extras];
    Arrays.fill(noOperations, (byte) 1);
    return spec.ipOptions(noOperations);
  }

  private <S extends IpPacketSpec<S>> S withExtensions(S plain) {
    S spec = plain;
    for (int i = 0; i < extras; i++) {
      spec = spec.extension(EXTENSIONS[i], EXTENSIONS[i] == IpProtocol.ROUTING ? ROUTING : PADDING);
    }
    return spec;
  }

  /** No segments left (RFC 8200, 4.4). */
  private static final byte[] ROUTING = {0, 0, 4, 0, 0, 0, 0, 0};
}
