// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.transfer.Media;
import dev.ringside.transfer.Protocol;
import dev.ringside.transfer.ProtocolPolicy;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The usual policy passes, and each property finds what was planted. */
class ProtocolPoliciesTest {

  static class Usual implements ProtocolPolicyContract {
    @Override
    public ProtocolPolicy policy() {
      return ProtocolPolicy.byMedia();
    }
  }

  @Test
  void the_usual_policy_keeps_the_contract() {
    assertThat(BadOnesTest.failures(Usual.class)).isEmpty();
  }

  static class AlwaysCopies implements ProtocolPolicyContract {
    @Override
    public ProtocolPolicy policy() {
      return new ProtocolPolicy() {
        @Override
        public Protocol choose(Set<Media> media) {
          return Protocol.RDMA;
        }

        @Override
        public String toString() {
          return "copies";
        }
      };
    }
  }

  @Test
  void a_protocol_gets_over_the_media() {
    assertThat(BadOnesTest.failures(AlwaysCopies.class))
        .contains("protocol policy (copies) chose RDMA, which does not get over [")
        .contains("; ask Protocol.carriesOver first");
  }

  static class Remembers implements ProtocolPolicyContract {
    @Override
    public ProtocolPolicy policy() {
      return new ProtocolPolicy() {
        private boolean asked;

        @Override
        public Protocol choose(Set<Media> media) {
          boolean first = !asked;
          asked = true;
          return first ? ProtocolPolicy.byMedia().choose(media) : Protocol.TCP_IP;
        }

        @Override
        public String toString() {
          return "remembers";
        }
      };
    }
  }

  @Test
  void the_media_alone_decide() {
    assertThat(BadOnesTest.failures(Remembers.class))
        .contains("protocol policy (remembers) chose TCP_IP for [")
        .contains(" at first; keep nothing in mind");
  }

  static class Fails implements ProtocolPolicyContract {
    @Override
    public ProtocolPolicy policy() {
      return new ProtocolPolicy() {
        @Override
        public Protocol choose(Set<Media> media) {
          throw new IllegalStateException("too hard");
        }

        @Override
        public String toString() {
          return "fails";
        }
      };
    }
  }

  @Test
  void every_question_is_answered() {
    assertThat(BadOnesTest.failures(Fails.class))
        .contains("protocol policy (fails) threw java.lang.IllegalStateException: too hard when")
        .contains("; answer every question, or say in your own tests why it cannot come");
  }
}
