package meridian.topology;

/// How many probe results in a row turn an opinion.
public record RiseFall(int rise, int fall) {

    public RiseFall {
        if (rise < 1 || fall < 1) {
            throw new IllegalArgumentException(
                    "rise " + rise + " and fall " + fall + ": each must be 1 or more");
        }
    }
}
