// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.contracts;

import dev.ringside.jqwik.TransferArbitraries;
import dev.ringside.transfer.Media;
import dev.ringside.transfer.Protocol;
import dev.ringside.transfer.ProtocolPolicy;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * What must hold for a {@link ProtocolPolicy}, so that no transfer fails for it.
 *
 * <pre>{@code
 * class NoCopiesTest implements ProtocolPolicyContract {
 *   @Override
 *   public ProtocolPolicy policy() {
 *     return media -> Protocol.TCP_IP;
 *   }
 * }
 * }</pre>
 */
public interface ProtocolPolicyContract {

  /** A new policy each time. */
  ProtocolPolicy policy();

  /** What it chooses gets over all of the media. */
  @Property(tries = 50)
  default void chooses_what_gets_there(@ForAll("mediaSets") Set<Media> media) {
    ProtocolPolicy policy = policy();
    Protocol chosen = ask(policy, media);
    if (!chosen.carriesOver(media)) {
      throw Broken.contract(
          "protocol policy",
          policy,
          "chose " + chosen + ", which does not get over " + media,
          "ask Protocol.carriesOver first");
    }
  }

  /** The media decide, and nothing that was asked before. */
  @Property(tries = 200)
  default void looks_at_the_media_alone(
      @ForAll("mediaSets") Set<Media> media, @ForAll("mediaHistories") List<Set<Media>> before) {
    ProtocolPolicy policy = policy();
    for (Set<Media> each : before) {
      Protocol unused = ask(policy, each);
    }
    Protocol chosen = ask(policy, media);
    Protocol fresh = ask(policy(), media);
    if (chosen != fresh) {
      throw Broken.contract(
          "protocol policy",
          policy,
          "chose " + chosen + " for " + media + " after " + before + ", and " + fresh + " at first",
          "keep nothing in mind");
    }
  }

  private static Protocol ask(ProtocolPolicy policy, Set<Media> media) {
    return Broken.ask("protocol policy", policy, media, () -> policy.choose(media));
  }

  /** Sets of media, one at least. */
  @Provide
  default Arbitrary<Set<Media>> mediaSets() {
    return TransferArbitraries.media();
  }

  /** What it was asked before. */
  @Provide
  default Arbitrary<List<Set<Media>>> mediaHistories() {
    return TransferArbitraries.media().list().ofMaxSize(4);
  }
}
