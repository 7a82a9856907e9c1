// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik;

import dev.ringside.transfer.Media;
import dev.ringside.transfer.Protocol;
import dev.ringside.transfer.ProtocolPolicy;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/**
 * Messages, sets of media and places for transfers: sizes at the edges of units, blades that are
 * often shared.
 *
 * <pre>{@code
 * @Provide
 * Arbitrary<Integer> sizes() {
 *   return TransferArbitraries.sizes(65_536, 1_000_000);
 * }
 * }</pre>
 */
public final class TransferArbitraries {

  private static final int SEGMENT = 1_460;

  private TransferArbitraries() {}

  /**
   * Numbers of bytes up to a largest one: none, one, those around one and several segments and
   * buffers, and any other.
   *
   * @param buffer how many bytes a posted buffer has
   */
  public static Arbitrary<Integer> sizes(int buffer, int largest) {
    Arbitrary<Integer> edges =
        Arbitraries.of(0, 1, SEGMENT, 1_500, 2 * SEGMENT, buffer, 2 * buffer, 44 * SEGMENT)
            .flatMap(edge -> Arbitraries.of(edge - 1, edge, edge + 1))
            .filter(size -> size >= 0)
            .map(size -> Math.min(size, largest));
    return Arbitraries.frequencyOf(
        Tuple.of(2, edges), Tuple.of(1, Arbitraries.integers().between(0, largest)));
  }

  /** The first so many bytes of a message in which no two places look the same for long. */
  public static byte[] message(int bytes) {
    byte[] message = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      message[i] = (byte) (i * 31 + (i >>> 8) * 7 + (i >>> 16));
    }
    return message;
  }

  /** Sets of media, one at least. */
  public static Arbitrary<Set<Media>> media() {
    return Arbitraries.of(Media.class).set().ofMinSize(1);
  }

  /** Policies: the usual one, and such as choose something else for one set of media. */
  public static Arbitrary<ProtocolPolicy> policies() {
    Arbitrary<ProtocolPolicy> others =
        media()
            .flatMap(
                media ->
                    Arbitraries.of(Protocol.class)
                        .filter(protocol -> protocol.carriesOver(media))
                        .map(protocol -> ProtocolPolicy.byMedia().with(media, protocol)));
    return Arbitraries.oneOf(Arbitraries.just(ProtocolPolicy.byMedia()), others);
  }

  /** For each of so many virtual machines the number of a blade, 0 and up. */
  public static Arbitrary<List<Integer>> places(int vms, int blades) {
    return Arbitraries.integers().between(0, blades - 1).list().ofSize(vms);
  }
}
