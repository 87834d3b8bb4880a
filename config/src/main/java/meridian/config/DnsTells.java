package meridian.config;

import java.util.List;
import meridian.topology.Network;

/// What a name server says of itself and of its choices to whoever asks it.
///
/// @param node its id
/// @param version of Meridian
/// @param explainTo where those are who may ask why they get what they get
public record DnsTells(boolean node, boolean version, List<Network> explainTo) {

    public static final DnsTells DEFAULT = new DnsTells(true, true, List.of());

    public DnsTells {
        explainTo = List.copyOf(explainTo);
    }
}
