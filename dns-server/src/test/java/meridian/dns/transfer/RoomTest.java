package meridian.dns.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Optional;
import meridian.record.DomainName;
import org.junit.jupiter.api.Test;

class RoomTest {

    private static final Room.Holder KEY = holder("key", "192.0.2.1");

    private final Room room = new Room();

    @Test
    void nobodyMayHaveMoreThanHalf() {
        assertThat(taken(KEY)).isEqualTo(Room.OF_ONE);
        assertThat(taken(holder("other", "192.0.2.1"))).isEqualTo(Room.IN_ALL - Room.OF_ONE);
    }

    @Test
    void thereIsNoMoreThanThereIsInAll() {
        taken(KEY);
        taken(holder("other", "192.0.2.1"));
        assertThat(room.take(holder("third", "192.0.2.1"))).isFalse();
    }

    @Test
    void whatIsLeftIsThereForOthersAndForTheSame() {
        taken(KEY);
        room.leave(KEY);
        assertThat(taken(KEY)).isEqualTo(1);
        for (int i = 0; i < Room.OF_ONE; i++) room.leave(KEY);
        assertThat(taken(KEY)).isEqualTo(Room.OF_ONE);
    }

    @Test
    void aKeyIsOneHolderWhereverItIs() {
        assertThat(holder("key", "2001:db8::1")).isEqualTo(KEY);
    }

    @Test
    void whoHasNoKeyIsTheirNetwork() {
        assertThat(holder("192.0.2.1")).isNotEqualTo(holder("192.0.2.2")).isNotEqualTo(KEY);
        assertThat(holder("2001:db8::1")).isEqualTo(holder("2001:db8:0:ff::1"));
        assertThat(holder("2001:db8::1")).isNotEqualTo(holder("2001:db8:0:100::1"));
    }

    private int taken(Room.Holder holder) {
        int taken = 0;
        while (room.take(holder)) taken++;
        return taken;
    }

    private static Room.Holder holder(String key, String from) {
        return Room.Holder.of(Optional.of(DomainName.of(key)), InetAddress.ofLiteral(from));
    }

    private static Room.Holder holder(String from) {
        return Room.Holder.of(Optional.empty(), InetAddress.ofLiteral(from));
    }
}
