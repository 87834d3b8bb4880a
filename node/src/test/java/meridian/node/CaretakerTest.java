package meridian.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CaretakerTest {

    @Test
    void aDefectCostsOneLookWhateverItIs() {
        var looks = new AtomicInteger();
        for (Runnable look :
                List.<Runnable>of(
                        () -> {
                            throw new IllegalStateException("a test");
                        },
                        () -> {
                            throw new StackOverflowError("a test");
                        },
                        looks::incrementAndGet)) Caretaker.once(look);
        assertThat(looks).hasValue(1);
    }

    @Test
    void aLookWithoutMemoryIsTheLast() {
        assertThatThrownBy(
                        () ->
                                Caretaker.once(
                                        () -> {
                                            throw new OutOfMemoryError("a test");
                                        }))
                .isInstanceOf(OutOfMemoryError.class);
    }
}
